//! EC2's `DescribeInstances`: 50 instances, two in each reservation.

mod shapes;

use super::{Comparison, Page, noise, xml};
use myrina_test_services::ec2::describe_instances::DescribeInstances;
use shapes::DescribeInstancesResult;

pub(super) fn describe_instances() -> [Comparison; 2] {
    let page = Page {
        name: "EC2 DescribeInstances, 50 instances, ec2",
        text: page().into_bytes(),
        library: "quick-xml",
        read: xml::read::<DescribeInstancesResult>,
        write: |page| xml::write("DescribeInstancesResponse", page),
    };
    page.compare::<DescribeInstances>()
}

fn page() -> String {
    let reservations: String = (0..25).map(reservation).collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
    <requestId>8f7724cf-496f-496e-8fe3-example</requestId>
    <reservationSet>
{reservations}    </reservationSet>
    <nextToken>AQICAHhExampleToken0123456789+/==</nextToken>
</DescribeInstancesResponse>"#
    )
}

fn reservation(index: usize) -> String {
    let id = noise(index) >> 16;
    let instances = instance(index * 2, 0) + &instance(index * 2 + 1, 1);
    format!(
        r"        <item>
            <reservationId>r-0{id:012x}</reservationId>
            <ownerId>123456789012</ownerId>
            <groupSet/>
            <instancesSet>
{instances}            </instancesSet>
            <requesterId>043234062703</requesterId>
        </item>
"
    )
}

/// In the order in which EC2 sends it, which is not that of the model.
fn instance(index: usize, launch_index: usize) -> String {
    let [id, image, volume, card] = [0, 1, 2, 3].map(|part| noise(index * 4 + part) >> 16);
    let (day, hour, address) = (1 + id % 28, id % 24, format!("10.0.{}.{}", id % 256, image % 256));
    let dashed = address.replace('.', "-");
    let kind = ["m5.xlarge", "c7g.2xlarge", "r6i.large", "t3.micro"][index % 4];
    let tags: String = [
        ("Name", format!("worker-{index:03}")),
        ("team", "R&amp;D".to_owned()),
        ("stage", "production".to_owned()),
        ("aws:autoscaling:groupName", "workers-blue".to_owned()),
    ]
    .map(|(key, value)| tag(key, &value))
    .concat();
    format!(
        r"                <item>
                    <instanceId>i-0{id:012x}</instanceId>
                    <imageId>ami-0{image:012x}</imageId>
                    <instanceState>
                        <code>16</code>
                        <name>running</name>
                    </instanceState>
                    <privateDnsName>ip-{dashed}.eu-central-1.compute.internal</privateDnsName>
                    <dnsName>ec2-{dashed}.eu-central-1.compute.amazonaws.com</dnsName>
                    <reason/>
                    <keyName>operations</keyName>
                    <amiLaunchIndex>{launch_index}</amiLaunchIndex>
                    <productCodes/>
                    <instanceType>{kind}</instanceType>
                    <launchTime>2024-05-{day:02}T{hour:02}:17:42.000Z</launchTime>
                    <placement>
                        <availabilityZone>eu-central-1a</availabilityZone>
                        <groupName/>
                        <tenancy>default</tenancy>
                    </placement>
                    <monitoring>
                        <state>disabled</state>
                    </monitoring>
                    <subnetId>subnet-0{card:012x}</subnetId>
                    <vpcId>vpc-0a1b2c3d4e5f67890</vpcId>
                    <privateIpAddress>{address}</privateIpAddress>
                    <ipAddress>3.120.17.{}</ipAddress>
                    <sourceDestCheck>true</sourceDestCheck>
                    <groupSet>
                        <item>
                            <groupId>sg-0123456789abcdef0</groupId>
                            <groupName>workers</groupName>
                        </item>
                    </groupSet>
                    <architecture>x86_64</architecture>
                    <rootDeviceType>ebs</rootDeviceType>
                    <rootDeviceName>/dev/xvda</rootDeviceName>
                    <blockDeviceMapping>
                        <item>
                            <deviceName>/dev/xvda</deviceName>
                            <ebs>
                                <volumeId>vol-0{volume:012x}</volumeId>
                                <status>attached</status>
                                <attachTime>2024-05-{day:02}T{hour:02}:17:43.000Z</attachTime>
                                <deleteOnTermination>true</deleteOnTermination>
                            </ebs>
                        </item>
                    </blockDeviceMapping>
                    <virtualizationType>hvm</virtualizationType>
                    <clientToken>fleet-{card:016x}</clientToken>
                    <tagSet>
{tags}                    </tagSet>
                    <hypervisor>xen</hypervisor>
                    <networkInterfaceSet>
{}                    </networkInterfaceSet>
                    <iamInstanceProfile>
                        <arn>arn:aws:iam::123456789012:instance-profile/worker</arn>
                        <id>AIPAEXAMPLE0123456789</id>
                    </iamInstanceProfile>
                    <ebsOptimized>true</ebsOptimized>
                    <enaSupport>true</enaSupport>
{OPTIONS}                    <usageOperationUpdateTime>2024-05-{day:02}T{hour:02}:17:42.000Z</usageOperationUpdateTime>
                    <currentInstanceBootMode>legacy-bios</currentInstanceBootMode>
                </item>
",
        id % 256,
        interface(card, &address, &dashed),
    )
}

/// What most instances have in common.
const OPTIONS: &str = r"                    <cpuOptions>
                        <coreCount>2</coreCount>
                        <threadsPerCore>2</threadsPerCore>
                    </cpuOptions>
                    <capacityReservationSpecification>
                        <capacityReservationPreference>open</capacityReservationPreference>
                    </capacityReservationSpecification>
                    <hibernationOptions>
                        <configured>false</configured>
                    </hibernationOptions>
                    <metadataOptions>
                        <state>applied</state>
                        <httpTokens>required</httpTokens>
                        <httpPutResponseHopLimit>2</httpPutResponseHopLimit>
                        <httpEndpoint>enabled</httpEndpoint>
                        <httpProtocolIpv6>disabled</httpProtocolIpv6>
                        <instanceMetadataTags>disabled</instanceMetadataTags>
                    </metadataOptions>
                    <enclaveOptions>
                        <enabled>false</enabled>
                    </enclaveOptions>
                    <platformDetails>Linux/UNIX</platformDetails>
                    <usageOperation>RunInstances</usageOperation>
                    <privateDnsNameOptions>
                        <hostnameType>ip-name</hostnameType>
                        <enableResourceNameDnsARecord>false</enableResourceNameDnsARecord>
                        <enableResourceNameDnsAAAARecord>false</enableResourceNameDnsAAAARecord>
                    </privateDnsNameOptions>
                    <maintenanceOptions>
                        <autoRecovery>default</autoRecovery>
                        <rebootMigration>default</rebootMigration>
                    </maintenanceOptions>
";

fn tag(key: &str, value: &str) -> String {
    format!(
        r"                        <item>
                            <key>{key}</key>
                            <value>{value}</value>
                        </item>
"
    )
}

fn interface(card: u64, address: &str, dashed: &str) -> String {
    format!(
        r"                        <item>
                            <networkInterfaceId>eni-0{card:012x}</networkInterfaceId>
                            <subnetId>subnet-0{card:012x}</subnetId>
                            <vpcId>vpc-0a1b2c3d4e5f67890</vpcId>
                            <description/>
                            <ownerId>123456789012</ownerId>
                            <status>in-use</status>
                            <macAddress>02:1b:7d:4f:aa:{:02x}</macAddress>
                            <privateIpAddress>{address}</privateIpAddress>
                            <privateDnsName>ip-{dashed}.eu-central-1.compute.internal</privateDnsName>
                            <sourceDestCheck>true</sourceDestCheck>
                            <groupSet>
                                <item>
                                    <groupId>sg-0123456789abcdef0</groupId>
                                    <groupName>workers</groupName>
                                </item>
                            </groupSet>
                            <attachment>
                                <attachmentId>eni-attach-0{card:012x}</attachmentId>
                                <deviceIndex>0</deviceIndex>
                                <status>attached</status>
                                <attachTime>2024-05-01T08:17:42.000Z</attachTime>
                                <deleteOnTermination>true</deleteOnTermination>
                                <networkCardIndex>0</networkCardIndex>
                            </attachment>
                            <privateIpAddressesSet>
                                <item>
                                    <privateIpAddress>{address}</privateIpAddress>
                                    <privateDnsName>ip-{dashed}.eu-central-1.compute.internal</privateDnsName>
                                    <primary>true</primary>
                                </item>
                            </privateIpAddressesSet>
                            <ipv6AddressesSet/>
                            <interfaceType>interface</interfaceType>
                        </item>
",
        card % 256,
    )
}
