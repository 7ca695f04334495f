"""The public members of Dagster's classes and of the classes derived from them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final


@lru_cache(maxsize=32)
def members_of(name: str) -> frozenset[str]:
    """The members of a class of Dagster's by its name in `dagster`; none if they are not listed."""
    return frozenset(_MEMBERS.get(name, "").split())


_MEMBERS: Final = {
    "AssetsDefinition": """
        asset_and_check_keys asset_deps auto_materialize_policies_by_key
        auto_observe_interval_minutes automation_conditions_by_key backfill_policy can_subset
        check_key check_keys check_specs check_specs_by_output_name code_versions_by_key
        coerce_to_checks_def computation create dagster_internal_init dependency_keys
        descriptions_by_key entity_keys_by_output_name execution_type from_graph from_op
        get_asset_spec get_attributes_dict get_checks_targeting_keys
        get_io_manager_key_for_asset_key get_op_def_for_asset_key
        get_output_name_for_asset_check_key get_output_name_for_asset_key get_partition_mapping
        get_partition_mapping_for_dep get_resource_requirements get_spec_for_check_key
        get_upstream_input_keys group_names_by_key has_check_keys has_keys has_output_for_asset_key
        hook_defs infer_partition_mapping input_names input_names_by_node_key is_auto_created_stub
        is_executable is_external is_materializable is_observable is_subset key keys
        keys_by_input_name keys_by_output_name legacy_freshness_policies_by_key map_asset_specs
        metadata_by_key node_check_specs_by_output_name node_def node_keys_by_input_name
        node_keys_by_output_name op output_names_by_entity_key owners_by_key partitions_def
        required_resource_keys resource_defs specs specs_by_key subset_for tags_by_key
        to_source_asset to_source_assets unique_id with_attributes with_hooks with_resources
    """,
    "GraphDefinition": """
        alias all_dagster_types all_input_output_types apply_config_mapping coerce_to_job
        composition_fn config_field config_mapping config_schema configured copy copy_for_configured
        dagster_type_named default_value_for_input dependencies dependency_structure describe_node
        description execute_in_process get_config_field get_input_mapping
        get_inputs_must_be_resolved_top_level get_node get_op_handles
        get_op_input_output_handle_pairs get_op_output_handles get_output_mapping
        get_pending_invocation get_resource_requirements get_top_level_omitted_nodes
        has_config_field has_config_mapping has_dagster_type has_input has_node_named has_output
        input_assets input_def_named input_defs input_dict input_has_default
        input_mapping_for_pointer input_mappings input_supports_dynamic_output_dep
        is_graph_job_op_node is_subselected iterate_node_defs iterate_node_handles iterate_op_defs
        name node_defs node_dict node_named node_names node_type_str nodes
        nodes_in_topological_order output_def_named output_defs output_dict output_mappings
        parent_graph_def pools positional_inputs resolve_input_name_at_position
        resolve_input_to_destinations resolve_output_to_destinations resolve_output_to_origin
        resolve_output_to_origin_op_def tag tags to_job with_hooks with_retry_policy
    """,
    "OpDefinition": """
        alias all_dagster_types all_input_output_types apply_config_mapping compute_fn config_field
        config_schema configured copy_for_configured dagster_internal_init default_value_for_input
        describe_node description get_config_field get_inputs_must_be_resolved_top_level
        get_op_handles get_op_output_handles get_output_annotation get_pending_invocation
        get_resource_requirements has_config_field has_input has_output input_def_named input_defs
        input_dict input_has_default input_supports_dynamic_output_dep ins is_from_decorator
        is_graph_job_op_node iterate_node_defs iterate_op_defs name node_type_str output_def_named
        output_defs output_dict outs pool pools positional_inputs required_resource_keys
        resolve_input_name_at_position resolve_input_to_destinations resolve_output_to_destinations
        resolve_output_to_origin resolve_output_to_origin_op_def retry_policy tag tags version
        with_hooks with_replaced_properties with_retry_policy
    """,
    "JobDefinition": """
        all_dagster_types all_node_defs as_ephemeral_job asset_check_selection asset_layer
        asset_selection asset_selection_data automation_condition backfill_policy config_mapping
        dagster_internal_init dagster_type_named dependencies dependency_structure describe_target
        description execute_in_process executor_def for_external_job get_all_hooks_for_handle
        get_config_schema_snapshot get_direct_input_value get_job_index get_job_snapshot
        get_job_snapshot_id get_node get_node_named get_op get_parent_job_snapshot
        get_partition_keys get_required_resource_defs get_retry_policy_for_handle
        get_run_config_for_partition_key get_subset get_tags_for_partition_key graph
        has_dagster_type has_direct_input_value has_node has_node_named
        has_separately_defined_run_tags has_specified_executor has_specified_loggers hook_defs
        input_values is_asset_job is_missing_required_resources is_subset loggers metadata name
        node_def_named nodes nodes_in_topological_order op_retry_policy op_selection
        op_selection_data owners partitioned_config partitions_def required_resource_keys
        resolved_op_selection resource_defs run_config run_config_schema run_request_for_partition
        run_tags tags top_level_node_defs validate_partition_key
        validate_resource_requirements_satisfied with_executor_def with_hooks with_logger_defs
        with_metadata with_top_level_resources
    """,
    "ResourceDefinition": """
        apply_config_mapping config_field config_schema configurable_resource_cls configured
        copy_for_configured dagster_internal_init description get_config_field
        get_required_resource_keys get_resource_requirements hardcoded_io_manager hardcoded_resource
        has_config_field input_config_schema mock_resource nested_partial_resources nested_resources
        none_resource output_config_schema required_resource_keys resource_fn string_resource
        version
    """,
    "SourceAsset": """
        auto_observe_interval_minutes automation_condition dagster_internal_init description
        execution_type get_io_manager_key get_resource_requirements group_name io_manager_def
        io_manager_key is_executable is_observable key legacy_freshness_policy metadata node_def
        observe_fn op op_tags partitions_def raw_metadata required_resource_keys resource_defs tags
        with_attributes with_resources
    """,
    "AssetSpec": """
        auto_materialize_policy automation_condition code_version count dagster_internal_init deps
        description freshness_policy group_name index is_virtual key kinds legacy_freshness_policy
        merge_attributes metadata owners partition_mappings partitions_def replace_attributes
        skippable tags with_io_manager_key
    """,
    "AssetKey": """
        count from_coercible from_coercible_or_definition from_db_string from_escaped_user_string
        from_graphql_input from_user_string get_db_prefix has_prefix index parts path to_db_string
        to_escaped_user_string to_graphql_input to_python_identifier to_string to_user_string
        with_prefix
    """,
    "AssetSelection": """
        all all_asset_checks assets attribute checks checks_for_assets child count depth downstream
        from_coercible from_string groups include_self include_sources index key key_prefixes
        key_substring keys kind kind_str left materializable needs_parentheses_when_operand
        operand_to_selection_str operands owner required_multi_asset_neighbors resolve
        resolve_checks resolve_checks_inner resolve_inner right roots selected_asset_check_keys
        selected_asset_keys selected_automation_type selected_changed_in_branch
        selected_code_location selected_column selected_group_wildcard selected_groups selected_job
        selected_key_prefixes selected_key_substring selected_key_wildcard selected_keys
        selected_owner selected_partitions selected_schedule selected_sensor selected_status
        selected_table_name sinks sources tag tag_string to_selection_str
        to_serializable_asset_selection upstream upstream_source_assets value without_checks
    """,
    "AutomationCondition": """
        all_checks_match all_deps_blocking_checks_passed all_deps_match all_deps_updated_since_cron
        all_job_root_assets_match all_new_updates_have_run_tags allow allow_selection
        any_checks_match any_deps_in_progress any_deps_match any_deps_missing any_deps_updated
        any_downstream_conditions any_job_root_assets_match any_new_update_has_run_tags
        as_auto_materialize_policy asset_matches backfill_in_progress base_name blocking_only
        check_failed check_passed children code_version_changed compute_subset
        compute_subset_with_timing_metadata count cron_schedule cron_tick_passed cron_timezone
        data_version_changed description downstream_keys eager evaluate executed_with_root_target
        executed_with_tags execution_failed freshness_failed freshness_passed freshness_warned
        from_lookback_delta get_backcompat_node_unique_ids get_label get_node_snapshot
        get_node_unique_id get_node_unique_ids get_snapshot get_unique_id has_rule_condition ignore
        ignore_selection in_latest_time_window in_progress index initial_evaluation is_serializable
        key label lookback_timedelta match_candidate_runs missing name newly_missing newly_requested
        newly_true newly_updated on_cron on_missing operand operands operator_type passed replace
        requires_cursor reset_condition resolve_through_virtual resolves_virtual_deps rule
        run_in_progress serializable_lookback_timedelta since since_last_handled state tag_keys
        tag_values trigger_condition will_be_requested with_label without
    """,
    "BackfillPolicy": """
        count index max_partitions_per_run multi_run policy_type single_run
    """,
    "FreshnessPolicy": """
        count cron deadline_cron fail_window from_asset_spec_metadata from_timedeltas index
        lower_bound_delta serializable_lower_bound_delta time_window timezone warn_window
    """,
    "MetadataValue": """
        asset asset_key bool class_name code_location_reconstruction code_references column_lineage
        construct copy count dagster_run data dict float from_orm fspath index infer_column_type
        instance int job job_name json lineage location_name md md_str model_computed_fields
        model_config model_construct model_copy model_dump model_dump_json model_extra model_fields
        model_fields_set model_json_schema model_parametrized_name model_post_init model_rebuild
        model_validate model_validate_json model_validate_strings module name notebook null
        parse_file parse_obj parse_raw path pool python_artifact records repository_name run_id
        schema schema_json table table_schema text timestamp update_forward_refs url validate value
    """,
    "Definitions": """
        asset_checks assets component_tree count dig_for_warning executor get_asset_checks_def
        get_asset_value_loader get_assets_def get_implicit_global_asset_job_def get_job_def
        get_repository_def get_schedule_def get_sensor_def get_unresolved_schedule_def
        get_unresolved_sensor_def has_implicit_global_asset_job_def has_resolved_repository_def
        index jobs load_asset_value loggers map_asset_specs map_resolved_asset_specs merge
        merge_unbound_defs metadata permissive_map_resolved_asset_specs resolve_all_asset_keys
        resolve_all_asset_specs resolve_all_job_defs resolve_asset_graph resolve_assets_def
        resolve_implicit_global_asset_job_def resolve_implicit_job_def_def_for_assets
        resolve_job_def resolve_schedule_def resolve_sensor_def resources schedules sensors
        validate_loadable with_definition_metadata_update with_reconstruction_metadata
        with_resources
    """,
    "RunConfig": """
        to_config_dict
    """,
    "ScheduleDefinition": """
        cron_schedule dagster_internal_init default_status description environment_vars
        evaluate_tick execution_timezone has_anonymous_job has_job job job_name metadata name owners
        required_resource_keys tags target with_attributes with_updated_job
    """,
    "SensorDefinition": """
        asset_job_keys asset_key asset_selection dagster_internal_init default_condition
        default_status description emit_backfills evaluate_tick has_anonymous_job has_jobs job
        job_name jobs metadata minimum_interval_seconds name owners required_resource_keys
        resolve_run_requests run_tags sensor_type tags targets validate_backfill_requests
        with_attributes with_updated_job with_updated_jobs
    """,
    "HookDefinition": """
        count decorated_fn get_resource_requirements hook_fn index name required_resource_keys
    """,
    "PartitionsDefinition": """
        build_add_request build_delete_request can_deserialize_subset count cron_schedule day_offset
        deserialize_subset empty_subset end end_offset end_time_for_partition_key end_timestamp
        end_ts equal_except_for_start_or_end exclusions filter_valid_partition_keys fmt
        get_cron_schedule get_first_partition_key get_first_partition_window get_last_partition_key
        get_last_partition_window get_last_partition_window_ignoring_exclusions
        get_multipartition_keys_with_dimension_value get_multipartition_keys_with_dimension_values
        get_next_partition_key get_next_partition_window get_num_partitions
        get_num_partitions_in_window get_paginated_partition_keys get_partition_key
        get_partition_key_for_timestamp get_partition_key_from_str
        get_partition_key_range_for_time_window get_partition_keys
        get_partition_keys_between_indexes get_partition_keys_in_range
        get_partition_keys_in_time_window get_partition_subset_in_time_window
        get_partitions_def_for_dimension get_prev_partition_window
        get_serializable_unique_identifier get_tags_for_partition_key has_any_partitions_in_window
        has_partition_key has_time_window_dimension hour_offset index is_basic_daily is_basic_hourly
        is_valid_key_format is_window_start_excluded less_than minute_offset name
        partition_dimension_names partition_fn partitions_defs partitions_subset_class
        primary_dimension schedule_type secondary_dimension start start_time_for_partition_key
        start_timestamp start_ts subset_with_all_partitions subset_with_partition_keys
        time_window_dimension time_window_for_partition_key time_window_partitions_def
        time_windows_for_partition_keys timezone validate_partition_definition
        validate_partition_key
    """,
}
