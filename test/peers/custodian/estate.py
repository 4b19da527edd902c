"""The estate of the comparison, in moto: `estate.py seed URL` makes it, `estate.py list URL` prints it as it is now."""

import json
import sys

import boto3
from botocore.exceptions import ClientError

REGION = "eu-central-1"
COUNTS = {"instances": 12, "volumes": 6, "buckets": 10, "databases": 6, "topics": 6}

# In turns: never tagged, the key spelt otherwise, as it should be, tagged by another team.
TAGS = [
    {},
    {"Owner": "ada", "team": "search"},
    {"owner": "grace", "team": "search"},
    {"team": "payments", "cost-center": "42"},
]


def client(service, url):
    return boto3.client(
        service,
        endpoint_url=url,
        region_name=REGION,
        aws_access_key_id="seed",
        aws_secret_access_key="seed",
    )


def pairs(tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


def each(kind):
    return ((f"{kind[:-1]}-{n:02}", TAGS[n % len(TAGS)]) for n in range(COUNTS[kind]))


def seed(url):
    ec2, s3, rds, sns = (client(name, url) for name in ("ec2", "s3", "rds", "sns"))
    # Each brings a volume of its own, which nobody has tagged.
    made = ec2.run_instances(
        ImageId="ami-12345678", InstanceType="t3.micro", MinCount=12, MaxCount=12
    )["Instances"]
    for instance, (_, tags) in zip(made, each("instances"), strict=True):
        tag_ec2(ec2, instance["InstanceId"], tags)
    for _, tags in each("volumes"):
        volume = ec2.create_volume(AvailabilityZone=f"{REGION}a", Size=8)
        tag_ec2(ec2, volume["VolumeId"], tags)
    for name, tags in each("buckets"):
        place = {"LocationConstraint": REGION}
        s3.create_bucket(Bucket=name, CreateBucketConfiguration=place)
        if tags:
            s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": pairs(tags)})
    for name, tags in each("databases"):
        rds.create_db_instance(
            DBInstanceIdentifier=name,
            DBInstanceClass="db.t3.micro",
            Engine="postgres",
            AllocatedStorage=20,
            MasterUsername="peer",
            MasterUserPassword="for-this-test-alone",
            Tags=pairs(tags),
        )
    for name, tags in each("topics"):
        sns.create_topic(Name=name, Tags=pairs(tags))


def tag_ec2(ec2, resource, tags):
    if tags:
        ec2.create_tags(Resources=[resource], Tags=pairs(tags))


def listed(url):
    ec2, s3, rds, sns, sts = (client(name, url) for name in ("ec2", "s3", "rds", "sns", "sts"))
    account = sts.get_caller_identity()["Account"]
    for reservation in ec2.describe_instances()["Reservations"]:
        for one in reservation["Instances"]:
            yield of_ec2(account, "instance", "Instance", one["InstanceId"], one)
    for one in ec2.describe_volumes()["Volumes"]:
        yield of_ec2(account, "volume", "Volume", one["VolumeId"], one)
    for one in s3.list_buckets()["Buckets"]:
        name = one["Name"]
        yield item(f"arn:aws:s3:::{name}", "AWS::S3::Bucket", name, bucket_tags(s3, name))
    for one in rds.describe_db_instances()["DBInstances"]:
        name = one["DBInstanceIdentifier"]
        yield item(one["DBInstanceArn"], "AWS::RDS::DBInstance", name, one.get("TagList", []))
    for one in sns.list_topics()["Topics"]:
        arn = one["TopicArn"]
        tags = sns.list_tags_for_resource(ResourceArn=arn)["Tags"]
        yield item(arn, "AWS::SNS::Topic", arn.rsplit(":", 1)[-1], tags)


def of_ec2(account, kind, named, resource, told):
    arn = f"arn:aws:ec2:{REGION}:{account}:{kind}/{resource}"
    return item(arn, f"AWS::EC2::{named}", resource, told.get("Tags", []))


def bucket_tags(s3, name):
    try:
        return s3.get_bucket_tagging(Bucket=name)["TagSet"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchTagSet":
            raise
        return []


def item(arn, resource_type, resource_id, tags):
    return {
        "arn": arn,
        "type": resource_type,
        "id": resource_id,
        "tags": {tag["Key"]: tag["Value"] for tag in tags},
    }


if __name__ == "__main__":
    command, address = sys.argv[1:3]
    if command == "seed":
        seed(address)
    print(json.dumps(list(listed(address))))
