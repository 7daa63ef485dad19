//! Models as the generator writes them.

#![expect(unreachable_pub, reason = "the macros write methods for the users of a client")]

use std::collections::BTreeMap;

use crate::runtime::{Duration, Timestamp};

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Page {
    list: Option<Vec<Entitlement>>,
    next_page_token: Option<String>,
}

crate::runtime::object! {
    Page {
        list = "list",
        next_page_token = "nextPageToken",
    }
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Entitlement {
    alias: Option<String>,
    annotations: Option<BTreeMap<String, String>>,
    app_id: Option<String>,
    app_resource_id: Option<String>,
    app_resource_type_id: Option<String>,
    certify_policy_id: Option<String>,
    compliance_framework_value_ids: Option<Vec<String>>,
    created_at: Option<Timestamp>,
    default_values_applied: Option<bool>,
    deleted_at: Option<Timestamp>,
    deprovisioner_policy: Option<ProvisionPolicy>,
    description: Option<String>,
    display_name: Option<String>,
    duration_grant: Option<Duration>,
    duration_unset: Option<Empty>,
    emergency_grant_enabled: Option<bool>,
    emergency_grant_policy_id: Option<String>,
    external_id: Option<String>,
    grant_count: Option<i64>,
    grant_policy_id: Option<String>,
    id: Option<String>,
    is_automation_enabled: Option<bool>,
    is_manually_managed: Option<bool>,
    match_baton_id: Option<String>,
    override_access_requests_defaults: Option<bool>,
    provisioner_policy: Option<ProvisionPolicy>,
    purpose: Option<Purpose>,
    request_schema_id: Option<String>,
    revoke_policy_id: Option<String>,
    risk_level_value_id: Option<String>,
    slug: Option<String>,
    source_connector_ids: Option<BTreeMap<String, String>>,
    system_builtin: Option<bool>,
    updated_at: Option<Timestamp>,
    user_edited_mask: Option<String>,
}

crate::runtime::object! {
    Entitlement {
        alias = "alias",
        annotations = "annotations",
        app_id = "appId",
        app_resource_id = "appResourceId",
        app_resource_type_id = "appResourceTypeId",
        certify_policy_id = "certifyPolicyId",
        compliance_framework_value_ids = "complianceFrameworkValueIds",
        created_at = "createdAt",
        default_values_applied = "defaultValuesApplied",
        deleted_at = "deletedAt",
        deprovisioner_policy = "deprovisionerPolicy",
        description = "description",
        display_name = "displayName",
        duration_grant = "durationGrant" as ProtobufDuration,
        duration_unset = "durationUnset",
        emergency_grant_enabled = "emergencyGrantEnabled",
        emergency_grant_policy_id = "emergencyGrantPolicyId",
        external_id = "externalId",
        grant_count = "grantCount" as Decimal,
        grant_policy_id = "grantPolicyId",
        id = "id",
        is_automation_enabled = "isAutomationEnabled",
        is_manually_managed = "isManuallyManaged",
        match_baton_id = "matchBatonId",
        override_access_requests_defaults = "overrideAccessRequestsDefaults",
        provisioner_policy = "provisionerPolicy",
        purpose = "purpose",
        request_schema_id = "requestSchemaId",
        revoke_policy_id = "revokePolicyId",
        risk_level_value_id = "riskLevelValueId",
        slug = "slug",
        source_connector_ids = "sourceConnectorIds",
        system_builtin = "systemBuiltin",
        updated_at = "updatedAt",
        user_edited_mask = "userEditedMask",
    }
}

#[expect(clippy::struct_field_names, reason = "the API has these names")]
#[derive(Debug, Default, PartialEq)]
pub(crate) struct ProvisionPolicy {
    connector_provision: Option<ConnectorProvision>,
    delegated_provision: Option<DelegatedProvision>,
    manual_provision: Option<ManualProvision>,
    unconfigured_provision: Option<Empty>,
}

crate::runtime::object! {
    ProvisionPolicy {
        connector_provision = "connectorProvision",
        delegated_provision = "delegatedProvision",
        manual_provision = "manualProvision",
        unconfigured_provision = "unconfiguredProvision",
    }
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct ConnectorProvision {
    account: Option<Empty>,
    default_behavior: Option<bool>,
}

crate::runtime::object! {
    ConnectorProvision {
        account = "account",
        default_behavior = "defaultBehavior",
    }
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct DelegatedProvision {
    app_id: Option<String>,
    entitlement_id: Option<String>,
    implicit: Option<bool>,
}

crate::runtime::object! {
    DelegatedProvision {
        app_id = "appId",
        entitlement_id = "entitlementId",
        implicit = "implicit",
    }
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct ManualProvision {
    instructions: Option<String>,
    user_ids: Option<Vec<String>>,
}

crate::runtime::object! {
    ManualProvision {
        instructions = "instructions",
        user_ids = "userIds",
    }
}

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Empty {}

crate::runtime::object! {
    Empty {}
}

#[derive(Debug, PartialEq)]
pub(crate) enum Purpose {
    Unspecified,
    Assignment,
    Permission,
    Ownership,
    Unknown(String),
}

crate::runtime::open_enum! {
    Purpose, Unknown {
        Unspecified = "PURPOSE_UNSPECIFIED",
        Assignment = "PURPOSE_ASSIGNMENT",
        Permission = "PURPOSE_PERMISSION",
        Ownership = "PURPOSE_OWNERSHIP",
    }
}

/// All fields must be there but one.
#[derive(Debug, PartialEq)]
pub(crate) struct Account {
    created_at: Timestamp,
    display_name: String,
    email: String,
    grant_count: i64,
    groups: Vec<String>,
    id: String,
    is_active: bool,
    manager_id: Option<String>,
    status: String,
    timezone: String,
    updated_at: Timestamp,
    user_id: String,
}

crate::runtime::object! {
    Account {
        created_at = "createdAt" required,
        display_name = "displayName" required,
        email = "email" required,
        grant_count = "grantCount" required as Decimal,
        groups = "groups" required,
        id = "id" required,
        is_active = "isActive" required,
        manager_id = "managerId",
        status = "status" required,
        timezone = "timezone" required,
        updated_at = "updatedAt" required,
        user_id = "userId" required,
    }
}
