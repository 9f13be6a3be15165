# Joins through modules and for_each; documents that are partly known; volumes in every place.
variable "encrypted" {
  type    = bool
  default = null
}
locals { key = "x" }
resource "aws_kms_key" "k" {}
resource "aws_secretsmanager_secret" "phi" { name = "phi/db" }
resource "aws_s3_bucket" "phi" {
  bucket = "clinic-phi-records"
}
resource "aws_s3_bucket" "other" {
  bucket = "clinic-public-docs"
}
resource "aws_dynamodb_table" "tagged" { # declared sensitive by its tag
  name         = "visits"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  attribute {
    name = "id"
    type = "S"
  }
  tags = { data_classification = "phi" }
}
resource "aws_sqs_queue" "q" { name = "q" }

data "aws_iam_policy_document" "queue" { # cannot reach sensitive data though its resource is unknown
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.q.arn]
  }
}
resource "aws_iam_policy" "queue" {
  name   = "queue"
  policy = data.aws_iam_policy_document.queue.json
}
data "aws_iam_policy_document" "other_bucket" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.other.arn}/*"]
  }
}
resource "aws_iam_policy" "other_bucket" {
  name   = "other-bucket"
  policy = data.aws_iam_policy_document.other_bucket.json
}
data "aws_iam_policy_document" "both" { # FAIL: the known part reaches it already
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::clinic-phi-records/*"]
  }
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.q.arn]
  }
}
resource "aws_iam_policy" "both" {
  name   = "both"
  policy = data.aws_iam_policy_document.both.json
}
resource "aws_iam_policy" "tagged_table" { # FAIL
  name   = "tagged-table"
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "dynamodb:Query", Resource = "arn:aws:dynamodb:us-east-1:123456789012:table/visits" }] })
}
resource "aws_iam_policy" "crossing" { # FAIL: neither pattern contains the other
  name   = "crossing"
  policy = jsonencode({ Statement = { Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::*-records/x?z" } })
}
resource "aws_iam_policy" "taken_back" { # an unconditional Deny of everything sensitive
  name = "taken-back"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:*", Resource = "*" },
    { Effect = "Deny", Action = "s3:*", Resource = ["arn:aws:s3:::clinic-phi*"] },
  ] })
}
resource "aws_iam_policy" "not_taken_back" { # FAIL: the Deny holds under a condition only
  name = "not-taken-back"
  policy = jsonencode({ Version = "2012-10-17", Statement = [
    { Effect = "Allow", Action = "s3:*", Resource = "*" },
    { Effect = "Deny", Action = "s3:*", Resource = ["arn:aws:s3:::clinic-phi*"], Condition = { Bool = { "aws:SecureTransport" = "false" } } },
  ] })
}
resource "aws_iam_policy" "half_approved" { # FAIL: one of the two tags only
  name   = "half-approved"
  tags   = { phi_access_ticket = "PRIV-1" }
  policy = jsonencode({ Statement = { Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::clinic-phi-records/*" } })
}
resource "aws_iam_policy" "metadata" { # says nothing of the data itself
  name   = "metadata"
  policy = jsonencode({ Statement = { Effect = "Allow", Action = ["s3:GetBucketLocation", "s3:GetBucketTagging"], Resource = "arn:aws:s3:::clinic-phi-records" } })
}
resource "aws_iam_role_policy_attachment" "existing" { # UNDECIDED
  role       = "r"
  policy_arn = "arn:aws:iam::123456789012:policy/legacy"
}
resource "aws_s3_bucket_policy" "other" { # another bucket's own policy
  bucket = aws_s3_bucket.other.id
  policy = jsonencode({ Statement = { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "arn:aws:s3:::clinic-public-docs/*" } })
}
resource "aws_secretsmanager_secret_policy" "phi" { # FAIL: joined by reference
  secret_arn = aws_secretsmanager_secret.phi.arn
  policy     = jsonencode({ Statement = { Effect = "Allow", Principal = { AWS = "*" }, Action = "secretsmanager:*", Resource = "*" } })
}
resource "aws_secretsmanager_secret" "plain" { name = "plain" }
resource "aws_secretsmanager_secret_policy" "plain" {
  secret_arn = aws_secretsmanager_secret.plain.arn
  policy     = jsonencode({ Statement = { Effect = "Allow", Principal = { AWS = "*" }, Action = "secretsmanager:*", Resource = "*" } })
}

# ---- encryption
module "store" {
  source   = "./store"
  for_each = { on = true, off = false }
  encrypted = each.value
}
module "store_default" { # FAIL: the child's default is null
  source = "./store"
}
module "store_null" { # FAIL: null from the root
  source    = "./store"
  encrypted = var.encrypted
}
resource "aws_db_instance" "primary" { # FAIL
  identifier          = "primary"
  engine              = "postgres"
  instance_class      = "db.t3.micro"
  allocated_storage   = 20
  username            = "u"
  password            = "notreal12"
  skip_final_snapshot = true
}
resource "aws_db_instance" "replica" { # FAIL with its source
  identifier          = "replica"
  instance_class      = "db.t3.micro"
  replicate_source_db = aws_db_instance.primary.identifier
  skip_final_snapshot = true
}
resource "aws_db_instance" "replica_by_name" { # FAIL with its source
  identifier          = "replica-by-name"
  instance_class      = "db.t3.micro"
  replicate_source_db = "primary"
  skip_final_snapshot = true
}
resource "aws_db_instance" "replica_elsewhere" { # UNDECIDED
  identifier          = "replica-elsewhere"
  instance_class      = "db.t3.micro"
  replicate_source_db = "some-existing"
  skip_final_snapshot = true
}
resource "aws_rds_cluster" "restored" { # UNDECIDED
  cluster_identifier  = "restored"
  engine              = "aurora-postgresql"
  snapshot_identifier = "snap"
  skip_final_snapshot = true
}
resource "aws_ebs_volume" "later" { # UNDECIDED: the switch is known only after apply
  availability_zone = "us-east-1a"
  size              = 1
  encrypted         = aws_kms_key.k.arn != ""
}
resource "aws_ebs_volume" "of_snapshot" { # UNDECIDED
  availability_zone = "us-east-1a"
  snapshot_id       = "snap-0123456789abcdef0"
}
resource "aws_launch_template" "t" { # FAIL: second mapping
  name = "ttt"
  block_device_mappings {
    device_name = "/dev/sda1"
    ebs {
      encrypted   = "true"
      volume_size = 1
    }
  }
  block_device_mappings {
    device_name = "/dev/sdb"
    ebs { volume_size = 1 }
  }
}
resource "aws_opensearch_domain" "on" {
  domain_name = "search-on"
  encrypt_at_rest { enabled = true }
}
resource "aws_opensearch_domain" "off" { # FAIL
  domain_name = "search-off"
  encrypt_at_rest { enabled = false }
}
resource "aws_dax_cluster" "on" {
  cluster_name       = "on"
  iam_role_arn       = "arn:aws:iam::123456789012:role/dax"
  node_type          = "dax.r4.large"
  replication_factor = 1
  server_side_encryption { enabled = true }
}
resource "aws_instance" "bare" { # UNDECIDED: the root volume takes the AMI's
  ami           = "ami-0a1b2c3d4e5f60001"
  instance_type = "t3.micro"
}

# ---- ingress
resource "aws_security_group" "six" { # FAIL
  ingress {
    from_port        = 1
    to_port          = 1
    protocol         = "tcp"
    ipv6_cidr_blocks = ["2001:db8::/32"]
  }
}
resource "aws_ec2_managed_prefix_list" "inside" {
  name           = "inside"
  address_family = "IPv4"
  max_entries    = 2
  entry { cidr = "10.1.0.0/16" }
}
resource "aws_security_group" "listed" {
  ingress {
    from_port       = 1
    to_port         = 1
    protocol        = "tcp"
    prefix_list_ids = [aws_ec2_managed_prefix_list.inside.id]
  }
}
resource "aws_ec2_managed_prefix_list" "growing" {
  name           = "growing"
  address_family = "IPv4"
  max_entries    = 2
}
resource "aws_eip" "e" { domain = "vpc" }
resource "aws_ec2_managed_prefix_list_entry" "later" {
  prefix_list_id = aws_ec2_managed_prefix_list.growing.id
  cidr           = "${aws_eip.e.public_ip}/32"
}
resource "aws_security_group_rule" "growing" { # UNDECIDED
  type              = "ingress"
  security_group_id = "sg-0a1"
  from_port         = 1
  to_port           = 1
  protocol          = "tcp"
  prefix_list_ids   = [aws_ec2_managed_prefix_list.growing.id]
}
