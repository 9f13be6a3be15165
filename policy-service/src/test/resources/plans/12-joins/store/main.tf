variable "encrypted" {
  type    = bool
  default = null
}
resource "aws_efs_file_system" "this" {
  encrypted = var.encrypted
}
