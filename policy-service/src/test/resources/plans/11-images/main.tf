# Every way in which an image reaches a machine. Allowed: ami-0a1b2c3d4e5f60001, ami-0a1b2c3d4e5f60002.
variable "good" { default = "ami-0a1b2c3d4e5f60001" }
variable "bad" { default = "ami-0bad0bad0bad0bad0" }

resource "aws_instance" "ok" {
  ami           = var.good
  instance_type = "t3.micro"
}
resource "aws_instance" "bad" { # FAIL
  ami           = var.bad
  instance_type = "t3.micro"
}
resource "aws_instance" "each" { # FAIL for two only
  for_each      = { one = var.good, two = var.bad }
  ami           = each.value
  instance_type = "t3.micro"
}
resource "aws_ami_copy" "copy" {
  name              = "copy"
  source_ami_id     = var.good
  source_ami_region = "us-east-1"
}
resource "aws_instance" "copied" { # UNDECIDED
  ami           = aws_ami_copy.copy.id
  instance_type = "t3.micro"
}
resource "aws_launch_template" "good" {
  name_prefix   = "good-"
  image_id      = var.good
  instance_type = "t3.micro"
}
resource "aws_launch_template" "bad" { # FAIL
  name_prefix   = "bad-"
  image_id      = var.bad
  instance_type = "t3.micro"
}
resource "aws_launch_template" "alias" { # UNDECIDED
  name     = "alias"
  image_id = "resolve:ssm:/hardened/latest"
}
resource "aws_launch_template" "none" { # says nothing of the image
  name          = "none"
  instance_type = "t3.micro"
}
resource "aws_instance" "by_template" {
  launch_template { id = aws_launch_template.good.id }
}
resource "aws_instance" "by_bad_template" { # FAIL
  launch_template { id = aws_launch_template.bad.id }
}
resource "aws_instance" "own_overrides" { # the instance's own image counts
  ami = var.good
  launch_template { id = aws_launch_template.bad.id }
}
resource "aws_instance" "existing_template" { # UNDECIDED
  launch_template { id = "lt-0123456789abcdef0" }
}
resource "aws_instance" "by_template_name" { # UNDECIDED: alias
  launch_template { name = "alias" }
}
resource "aws_autoscaling_group" "good" {
  min_size           = 1
  max_size           = 1
  availability_zones = ["us-east-1a"]
  launch_template { id = aws_launch_template.good.id }
}
resource "aws_autoscaling_group" "mixed" { # FAIL through the override
  min_size           = 1
  max_size           = 1
  availability_zones = ["us-east-1a"]
  mixed_instances_policy {
    launch_template {
      launch_template_specification { launch_template_id = aws_launch_template.good.id }
      override {
        instance_type = "c6g.large"
        launch_template_specification { launch_template_id = aws_launch_template.bad.id }
      }
    }
  }
}
resource "aws_launch_configuration" "bad" { # FAIL
  image_id      = var.bad
  instance_type = "t3.micro"
}
resource "aws_autoscaling_group" "configured" { # FAIL
  min_size             = 1
  max_size             = 1
  availability_zones   = ["us-east-1a"]
  launch_configuration = aws_launch_configuration.bad.name
}
resource "aws_spot_instance_request" "bad" { # FAIL
  ami           = var.bad
  instance_type = "t3.micro"
}
resource "aws_spot_fleet_request" "fleet" { # FAIL
  iam_fleet_role  = "arn:aws:iam::123456789012:role/fleet"
  target_capacity = 1
  launch_specification {
    ami           = var.good
    instance_type = "t3.micro"
  }
  launch_specification {
    ami           = var.bad
    instance_type = "t3.small"
  }
}
resource "aws_ec2_fleet" "fleet" { # FAIL
  launch_template_config {
    launch_template_specification {
      launch_template_id = aws_launch_template.bad.id
      version            = aws_launch_template.bad.latest_version
    }
  }
  target_capacity_specification {
    default_target_capacity_type = "spot"
    total_target_capacity        = 1
  }
}
resource "aws_batch_compute_environment" "own" { # FAIL
  type         = "MANAGED"
  service_role = "arn:aws:iam::123456789012:role/batch"
  compute_resources {
    type               = "EC2"
    image_id           = var.bad
    instance_role      = "arn:aws:iam::123456789012:instance-profile/ecs"
    instance_type      = ["optimal"]
    max_vcpus          = 4
    min_vcpus          = 0
    security_group_ids = ["sg-0a1"]
    subnets            = ["subnet-0a1"]
  }
}
resource "aws_batch_compute_environment" "managed" { # UNDECIDED
  type         = "MANAGED"
  service_role = "arn:aws:iam::123456789012:role/batch"
  compute_resources {
    type               = "SPOT"
    instance_role      = "arn:aws:iam::123456789012:instance-profile/ecs"
    instance_type      = ["optimal"]
    max_vcpus          = 4
    security_group_ids = ["sg-0a1"]
    subnets            = ["subnet-0a1"]
  }
}
resource "aws_batch_compute_environment" "fargate" {
  type         = "MANAGED"
  service_role = "arn:aws:iam::123456789012:role/batch"
  compute_resources {
    type               = "FARGATE"
    max_vcpus          = 4
    security_group_ids = ["sg-0a1"]
    subnets            = ["subnet-0a1"]
  }
}
resource "aws_eks_node_group" "templated" { # FAIL
  cluster_name  = "c"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  subnet_ids    = ["subnet-0a1"]
  launch_template {
    id      = aws_launch_template.bad.id
    version = aws_launch_template.bad.latest_version
  }
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}
resource "aws_eks_node_group" "imageless" { # UNDECIDED: the template names no image
  cluster_name  = "c"
  node_role_arn = "arn:aws:iam::123456789012:role/node"
  subnet_ids    = ["subnet-0a1"]
  launch_template {
    id      = aws_launch_template.none.id
    version = "1"
  }
  scaling_config {
    desired_size = 1
    max_size     = 1
    min_size     = 1
  }
}
module "pool" {
  source   = "./pool"
  for_each = { a = var.good, b = var.bad }
  image    = each.value
}
module "direct" { # FAIL: the template comes from outside
  source   = "./direct"
  template = aws_launch_template.bad.id
}
module "from_output" { # by the output of one instance of a module: FAIL for b
  source   = "./direct"
  template = module.pool["b"].template
}
module "from_output_a" {
  source   = "./direct"
  template = module.pool["a"].template
}
