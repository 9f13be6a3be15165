# A patient portal, believable but made of terraform_data only: nothing outside this machine is touched.
terraform {
  required_version = ">= 1.5"
}

variable "environment" {
  type    = string
  default = "staging"
}

locals {
  name = "patient-portal-${var.environment}"
}

resource "terraform_data" "network" {
  input = {
    kind = "network"
    name = local.name
    cidr = "10.20.0.0/16"
  }
}

resource "terraform_data" "web" {
  count = 2
  input = {
    kind    = "server"
    name    = "${local.name}-web-${count.index}"
    network = terraform_data.network.output.name
    port    = 8443
  }
}

output "portal_url" {
  value = "https://${local.name}.example.com"
}

output "servers" {
  value = terraform_data.web[*].output.name
}
