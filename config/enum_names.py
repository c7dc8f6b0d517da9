"""Names of the lists of choices in the schema: one for one list, wherever it is used."""

ENUM_NAMES = {
    "BasisEnum": "strategy.core.models.basis.Basis",
    "ErrorTypeEnum": "strategy.core.openapi.schema.ErrorType",
    "ConfidenceEnum": "strategy.core.models.basis.Confidence",
    "KnownEnum": "strategy.core.models.basis.YesNoUnknown",
    "StrategyStatusEnum": "strategy.models.Strategy.Status",
    "OfficeStatusEnum": "strategy.models.Standing",
    "ConflictStatusEnum": "strategy.models.Conflict.Status",
    "ActivityStatusEnum": "lines_of_effort.models.Activity.Status",
    "PartnerStatusEnum": "partners.models.Partner.Status",
    "EngagementStatusEnum": "partners.models.Engagement.Status",
    "AssignmentRoleEnum": "lines_of_effort.models.assignments.Role",
    "AssignmentRelationEnum": "lines_of_effort.models.Assignment.Relation",
    "MembershipRoleEnum": "partners.models.frameworks.MembershipRole",
    "ParticipationRoleEnum": "partners.models.engagements.ParticipationRole",
    "ChangeKindEnum": "strategy.models.ChangeSet.Kind",
    "SilenceKindEnum": "strategy.models.Silence.Kind",
    "PartnerRelationEnum": "partners.models.partners.Relation",
}
