variable "image" {}
resource "aws_launch_template" "this" {
  name_prefix = "pool-"
  image_id    = var.image
}
resource "aws_autoscaling_group" "this" {
  min_size           = 1
  max_size           = 1
  availability_zones = ["us-east-1a"]
  dynamic "launch_template" {
    for_each = [aws_launch_template.this.id]
    content { id = launch_template.value }
  }
}
output "template" { value = aws_launch_template.this.id }
