// The TypeScript client of the Model Context Protocol, against the site whose address is the argument.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const client = new Client({ name: "release-check", version: "1" });
await client.connect(new StreamableHTTPClientTransport(new URL(process.argv[2])));
const { tools } = await client.listTools();
const answer = await client.callTool({ name: "who_leads", arguments: { activity: "IPS-A06" } });
if (answer.isError || !answer.structuredContent) throw new Error(JSON.stringify(answer));
console.log(`${tools.length} tools, who_leads answered`);
await client.close();
