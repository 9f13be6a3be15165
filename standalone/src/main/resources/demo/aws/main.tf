# A clinic's records service as it looks on a Friday evening: every line runs, four of the house's standards object.
resource "aws_vpc" "clinic" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "private" {
  count             = 2
  vpc_id            = aws_vpc.clinic.id
  cidr_block        = "10.20.${count.index}.0/24"
  availability_zone = ["us-east-1a", "us-east-1b"][count.index]
}

resource "aws_eip" "out" {
  domain = "vpc"
}

resource "aws_nat_gateway" "out" {
  allocation_id = aws_eip.out.id
  subnet_id     = aws_subnet.private[0].id
}

resource "aws_lb" "records" {
  name               = "clinic-records"
  load_balancer_type = "application"
  internal           = true
  subnets            = aws_subnet.private[*].id
}

# Standard broken: the whole internet may knock at the administrators' door.
resource "aws_security_group" "admin" {
  name   = "clinic-admin"
  vpc_id = aws_vpc.clinic.id
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}

# Standards broken: not one of the hardened images, and a disk in clear text.
resource "aws_instance" "app" {
  count                  = 2
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "m6i.large"
  subnet_id              = aws_subnet.private[count.index].id
  vpc_security_group_ids = [aws_security_group.admin.id]
  root_block_device {
    volume_size = 100
    volume_type = "gp3"
    encrypted   = false
  }
}

resource "aws_kms_key" "records" {
  description         = "clinic records"
  enable_key_rotation = true
}

resource "aws_db_instance" "records" {
  identifier          = "clinic-records"
  engine              = "postgres"
  engine_version      = "17.2"
  instance_class      = "db.m6g.large"
  allocated_storage   = 200
  storage_type        = "gp3"
  multi_az            = true
  username            = "clinic"
  password            = "not-a-real-one"
  storage_encrypted   = true
  kms_key_id          = aws_kms_key.records.arn
  skip_final_snapshot = true
}

# Standard broken: a copy of the records without encryption.
resource "aws_db_instance" "report" {
  identifier          = "clinic-report"
  engine              = "postgres"
  engine_version      = "17.2"
  instance_class      = "db.m6g.large"
  allocated_storage   = 100
  storage_type        = "gp3"
  username            = "clinic"
  password            = "not-a-real-one"
  storage_encrypted   = false
  skip_final_snapshot = true
}

resource "aws_s3_bucket" "phi" {
  bucket = "clinic-phi-records"
  tags = {
    data_classification = "phi"
  }
}

resource "aws_iam_role" "intern" {
  name = "intern"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "arn:aws:iam::123456789012:root" } }]
  })
}

# Standard broken: protected health information for a role that nobody approved.
resource "aws_iam_role_policy" "intern" {
  name = "read-records"
  role = aws_iam_role.intern.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::clinic-phi-records/*" }]
  })
}
