variable "template" {}
resource "aws_autoscaling_group" "this" {
  min_size           = 1
  max_size           = 1
  availability_zones = ["us-east-1a"]
  launch_template { id = var.template }
}
