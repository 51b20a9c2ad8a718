//! All shapes in the response of `DescribeInstances`: 39 structures with 199 members.

use super::super::xml::{Items, Moment, shapes};

shapes! {
    DescribeInstancesResult {
        next_token: String = "nextToken";
        reservations: Items<Reservation> = "reservationSet";
    }
    Reservation {
        reservation_id: String = "reservationId";
        owner_id: String = "ownerId";
        requester_id: String = "requesterId";
        groups: Items<GroupIdentifier> = "groupSet";
        instances: Items<Instance> = "instancesSet";
    }
    GroupIdentifier {
        group_id: String = "groupId";
        group_name: String = "groupName";
    }
    Instance {
        architecture: String = "architecture";
        block_device_mappings: Items<InstanceBlockDeviceMapping> = "blockDeviceMapping";
        client_token: String = "clientToken";
        ebs_optimized: bool = "ebsOptimized";
        ena_support: bool = "enaSupport";
        hypervisor: String = "hypervisor";
        iam_instance_profile: IamInstanceProfile = "iamInstanceProfile";
        instance_lifecycle: String = "instanceLifecycle";
        elastic_gpu_associations: Items<ElasticGpuAssociation> = "elasticGpuAssociationSet";
        elastic_inference_accelerator_associations: Items<ElasticInferenceAcceleratorAssociation> = "elasticInferenceAcceleratorAssociationSet";
        network_interfaces: Items<InstanceNetworkInterface> = "networkInterfaceSet";
        outpost_arn: String = "outpostArn";
        root_device_name: String = "rootDeviceName";
        root_device_type: String = "rootDeviceType";
        security_groups: Items<GroupIdentifier> = "groupSet";
        source_dest_check: bool = "sourceDestCheck";
        spot_instance_request_id: String = "spotInstanceRequestId";
        sriov_net_support: String = "sriovNetSupport";
        state_reason: StateReason = "stateReason";
        tags: Items<Tag> = "tagSet";
        virtualization_type: String = "virtualizationType";
        cpu_options: CpuOptions = "cpuOptions";
        capacity_block_id: String = "capacityBlockId";
        capacity_reservation_id: String = "capacityReservationId";
        capacity_reservation_specification: CapacityReservationSpecificationResponse = "capacityReservationSpecification";
        hibernation_options: HibernationOptions = "hibernationOptions";
        licenses: Items<LicenseConfiguration> = "licenseSet";
        metadata_options: InstanceMetadataOptionsResponse = "metadataOptions";
        enclave_options: EnclaveOptions = "enclaveOptions";
        boot_mode: String = "bootMode";
        platform_details: String = "platformDetails";
        usage_operation: String = "usageOperation";
        usage_operation_update_time: Moment = "usageOperationUpdateTime";
        private_dns_name_options: PrivateDnsNameOptionsResponse = "privateDnsNameOptions";
        ipv6_address: String = "ipv6Address";
        tpm_support: String = "tpmSupport";
        maintenance_options: InstanceMaintenanceOptions = "maintenanceOptions";
        current_instance_boot_mode: String = "currentInstanceBootMode";
        network_performance_options: InstanceNetworkPerformanceOptions = "networkPerformanceOptions";
        operator: OperatorResponse = "operator";
        secondary_interfaces: Items<InstanceSecondaryInterface> = "secondaryInterfaceSet";
        instance_id: String = "instanceId";
        image_id: String = "imageId";
        state: InstanceState = "instanceState";
        private_dns_name: String = "privateDnsName";
        public_dns_name: String = "dnsName";
        state_transition_reason: String = "reason";
        key_name: String = "keyName";
        ami_launch_index: i32 = "amiLaunchIndex";
        product_codes: Items<ProductCode> = "productCodes";
        instance_type: String = "instanceType";
        launch_time: Moment = "launchTime";
        placement: Placement = "placement";
        kernel_id: String = "kernelId";
        ramdisk_id: String = "ramdiskId";
        platform: String = "platform";
        monitoring: Monitoring = "monitoring";
        subnet_id: String = "subnetId";
        vpc_id: String = "vpcId";
        private_ip_address: String = "privateIpAddress";
        public_ip_address: String = "ipAddress";
    }
    InstanceBlockDeviceMapping {
        device_name: String = "deviceName";
        ebs: EbsInstanceBlockDevice = "ebs";
    }
    EbsInstanceBlockDevice {
        attach_time: Moment = "attachTime";
        delete_on_termination: bool = "deleteOnTermination";
        status: String = "status";
        volume_id: String = "volumeId";
        associated_resource: String = "associatedResource";
        volume_owner_id: String = "volumeOwnerId";
        operator: OperatorResponse = "operator";
        ebs_card_index: i32 = "ebsCardIndex";
    }
    OperatorResponse {
        managed: bool = "managed";
        principal: String = "principal";
        hidden_by_default: bool = "hiddenByDefault";
    }
    IamInstanceProfile {
        arn: String = "arn";
        id: String = "id";
    }
    ElasticGpuAssociation {
        elastic_gpu_id: String = "elasticGpuId";
        elastic_gpu_association_id: String = "elasticGpuAssociationId";
        elastic_gpu_association_state: String = "elasticGpuAssociationState";
        elastic_gpu_association_time: String = "elasticGpuAssociationTime";
    }
    ElasticInferenceAcceleratorAssociation {
        elastic_inference_accelerator_arn: String = "elasticInferenceAcceleratorArn";
        elastic_inference_accelerator_association_id: String = "elasticInferenceAcceleratorAssociationId";
        elastic_inference_accelerator_association_state: String = "elasticInferenceAcceleratorAssociationState";
        elastic_inference_accelerator_association_time: Moment = "elasticInferenceAcceleratorAssociationTime";
    }
    InstanceNetworkInterface {
        association: InstanceNetworkInterfaceAssociation = "association";
        attachment: InstanceNetworkInterfaceAttachment = "attachment";
        description: String = "description";
        groups: Items<GroupIdentifier> = "groupSet";
        ipv6_addresses: Items<InstanceIpv6Address> = "ipv6AddressesSet";
        mac_address: String = "macAddress";
        network_interface_id: String = "networkInterfaceId";
        owner_id: String = "ownerId";
        private_dns_name: String = "privateDnsName";
        private_ip_address: String = "privateIpAddress";
        private_ip_addresses: Items<InstancePrivateIpAddress> = "privateIpAddressesSet";
        source_dest_check: bool = "sourceDestCheck";
        status: String = "status";
        subnet_id: String = "subnetId";
        vpc_id: String = "vpcId";
        interface_type: String = "interfaceType";
        ipv4_prefixes: Items<InstanceIpv4Prefix> = "ipv4PrefixSet";
        ipv6_prefixes: Items<InstanceIpv6Prefix> = "ipv6PrefixSet";
        connection_tracking_configuration: ConnectionTrackingSpecificationResponse = "connectionTrackingConfiguration";
        operator: OperatorResponse = "operator";
    }
    InstanceNetworkInterfaceAssociation {
        carrier_ip: String = "carrierIp";
        customer_owned_ip: String = "customerOwnedIp";
        ip_owner_id: String = "ipOwnerId";
        public_dns_name: String = "publicDnsName";
        public_ip: String = "publicIp";
    }
    InstanceNetworkInterfaceAttachment {
        attach_time: Moment = "attachTime";
        attachment_id: String = "attachmentId";
        delete_on_termination: bool = "deleteOnTermination";
        device_index: i32 = "deviceIndex";
        status: String = "status";
        network_card_index: i32 = "networkCardIndex";
        ena_srd_specification: InstanceAttachmentEnaSrdSpecification = "enaSrdSpecification";
        ena_queue_count: i32 = "enaQueueCount";
    }
    InstanceAttachmentEnaSrdSpecification {
        ena_srd_enabled: bool = "enaSrdEnabled";
        ena_srd_udp_specification: InstanceAttachmentEnaSrdUdpSpecification = "enaSrdUdpSpecification";
    }
    InstanceAttachmentEnaSrdUdpSpecification {
        ena_srd_udp_enabled: bool = "enaSrdUdpEnabled";
    }
    InstanceIpv6Address {
        ipv6_address: String = "ipv6Address";
        is_primary_ipv6: bool = "isPrimaryIpv6";
    }
    InstancePrivateIpAddress {
        association: InstanceNetworkInterfaceAssociation = "association";
        primary: bool = "primary";
        private_dns_name: String = "privateDnsName";
        private_ip_address: String = "privateIpAddress";
    }
    InstanceIpv4Prefix {
        ipv4_prefix: String = "ipv4Prefix";
    }
    InstanceIpv6Prefix {
        ipv6_prefix: String = "ipv6Prefix";
    }
    ConnectionTrackingSpecificationResponse {
        tcp_established_timeout: i32 = "tcpEstablishedTimeout";
        udp_stream_timeout: i32 = "udpStreamTimeout";
        udp_timeout: i32 = "udpTimeout";
    }
    StateReason {
        code: String = "code";
        message: String = "message";
    }
    Tag {
        key: String = "key";
        value: String = "value";
    }
    CpuOptions {
        core_count: i32 = "coreCount";
        threads_per_core: i32 = "threadsPerCore";
        amd_sev_snp: String = "amdSevSnp";
        nested_virtualization: String = "nestedVirtualization";
    }
    CapacityReservationSpecificationResponse {
        capacity_reservation_preference: String = "capacityReservationPreference";
        capacity_reservation_target: CapacityReservationTargetResponse = "capacityReservationTarget";
    }
    CapacityReservationTargetResponse {
        capacity_reservation_id: String = "capacityReservationId";
        capacity_reservation_resource_group_arn: String = "capacityReservationResourceGroupArn";
    }
    HibernationOptions {
        configured: bool = "configured";
    }
    LicenseConfiguration {
        license_configuration_arn: String = "licenseConfigurationArn";
    }
    InstanceMetadataOptionsResponse {
        state: String = "state";
        http_tokens: String = "httpTokens";
        http_put_response_hop_limit: i32 = "httpPutResponseHopLimit";
        http_endpoint: String = "httpEndpoint";
        http_protocol_ipv6: String = "httpProtocolIpv6";
        instance_metadata_tags: String = "instanceMetadataTags";
    }
    EnclaveOptions {
        enabled: bool = "enabled";
    }
    PrivateDnsNameOptionsResponse {
        hostname_type: String = "hostnameType";
        enable_resource_name_dns_a_record: bool = "enableResourceNameDnsARecord";
        enable_resource_name_dns_aaaa_record: bool = "enableResourceNameDnsAAAARecord";
    }
    InstanceMaintenanceOptions {
        auto_recovery: String = "autoRecovery";
        reboot_migration: String = "rebootMigration";
    }
    InstanceNetworkPerformanceOptions {
        bandwidth_weighting: String = "bandwidthWeighting";
    }
    InstanceSecondaryInterface {
        attachment: InstanceSecondaryInterfaceAttachment = "attachment";
        mac_address: String = "macAddress";
        secondary_interface_id: String = "secondaryInterfaceId";
        owner_id: String = "ownerId";
        private_ip_addresses: Items<InstanceSecondaryInterfacePrivateIpAddress> = "privateIpAddressSet";
        source_dest_check: bool = "sourceDestCheck";
        status: String = "status";
        secondary_subnet_id: String = "secondarySubnetId";
        secondary_network_id: String = "secondaryNetworkId";
        interface_type: String = "interfaceType";
    }
    InstanceSecondaryInterfaceAttachment {
        attach_time: Moment = "attachTime";
        attachment_id: String = "attachmentId";
        delete_on_termination: bool = "deleteOnTermination";
        device_index: i32 = "deviceIndex";
        status: String = "status";
        network_card_index: i32 = "networkCardIndex";
    }
    InstanceSecondaryInterfacePrivateIpAddress {
        private_ip_address: String = "privateIpAddress";
    }
    InstanceState {
        code: i32 = "code";
        name: String = "name";
    }
    ProductCode {
        product_code_id: String = "productCode";
        product_code_type: String = "type";
    }
    Placement {
        availability_zone_id: String = "availabilityZoneId";
        affinity: String = "affinity";
        group_name: String = "groupName";
        partition_number: i32 = "partitionNumber";
        host_id: String = "hostId";
        tenancy: String = "tenancy";
        spread_domain: String = "spreadDomain";
        host_resource_group_arn: String = "hostResourceGroupArn";
        group_id: String = "groupId";
        availability_zone: String = "availabilityZone";
    }
    Monitoring {
        state: String = "state";
    }
}
