//! The same models by serde's derive.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::runtime::codec::{Codec, Decimal, ProtobufDuration};
use crate::runtime::{Duration, Timestamp};

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Page {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    list: Option<Vec<Entitlement>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entitlement {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alias: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    annotations: Option<BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    app_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    app_resource_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    app_resource_type_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    certify_policy_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    compliance_framework_value_ids: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_values_applied: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deleted_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deprovisioner_policy: Option<ProvisionPolicy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    display_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "protobuf_duration")]
    duration_grant: Option<Duration>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration_unset: Option<Empty>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    emergency_grant_enabled: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    emergency_grant_policy_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    external_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "decimal")]
    grant_count: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    grant_policy_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is_automation_enabled: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    is_manually_managed: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    match_baton_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    override_access_requests_defaults: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    provisioner_policy: Option<ProvisionPolicy>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    purpose: Option<Purpose>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    request_schema_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    revoke_policy_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    risk_level_value_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source_connector_ids: Option<BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    system_builtin: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_edited_mask: Option<String>,
}

#[expect(clippy::struct_field_names, reason = "the API has these names")]
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProvisionPolicy {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    connector_provision: Option<ConnectorProvision>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delegated_provision: Option<DelegatedProvision>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    manual_provision: Option<ManualProvision>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unconfigured_provision: Option<Empty>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ConnectorProvision {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<Empty>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    default_behavior: Option<bool>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DelegatedProvision {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    app_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entitlement_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    implicit: Option<bool>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ManualProvision {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    instructions: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_ids: Option<Vec<String>>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Empty {}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Purpose {
    #[serde(rename = "PURPOSE_UNSPECIFIED")]
    Unspecified,
    #[serde(rename = "PURPOSE_ASSIGNMENT")]
    Assignment,
    #[serde(rename = "PURPOSE_PERMISSION")]
    Permission,
    #[serde(rename = "PURPOSE_OWNERSHIP")]
    Ownership,
    #[serde(other)]
    Unknown,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Account {
    created_at: Timestamp,
    display_name: String,
    email: String,
    #[serde(with = "whole_decimal")]
    grant_count: i64,
    groups: Vec<String>,
    id: String,
    is_active: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    manager_id: Option<String>,
    status: String,
    timezone: String,
    updated_at: Timestamp,
    user_id: String,
}

mod whole_decimal {
    use super::{Codec, Decimal, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's attribute `with` asks for it")]
    pub(crate) fn serialize<S: Serializer>(value: &i64, serializer: S) -> Result<S::Ok, S::Error> {
        Decimal::encode(value, serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
        Decimal::decode(deserializer)
    }
}

mod decimal {
    use super::{Codec, Decimal, Deserializer, Serializer};

    #[expect(clippy::ref_option, reason = "serde's attribute `with` asks for it")]
    pub(crate) fn serialize<S: Serializer>(
        value: &Option<i64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Option::<Decimal>::encode(value, serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<i64>, D::Error> {
        Option::<Decimal>::decode(deserializer)
    }
}

mod protobuf_duration {
    use super::{Codec, Deserializer, Duration, ProtobufDuration, Serializer};

    #[expect(clippy::ref_option, reason = "serde's attribute `with` asks for it")]
    pub(crate) fn serialize<S: Serializer>(
        value: &Option<Duration>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Option::<ProtobufDuration>::encode(value, serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Duration>, D::Error> {
        Option::<ProtobufDuration>::decode(deserializer)
    }
}
