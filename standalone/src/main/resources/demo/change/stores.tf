resource "terraform_data" "records" {
  input = {
    kind      = "data store"
    name      = "${local.name}-records"
    engine    = "postgres 17"
    encrypted = true
    public    = false
    network   = terraform_data.network.output.name
  }
}

# Somebody is in a hurry: the documents become public, and a copy for a report is not encrypted.
resource "terraform_data" "documents" {
  input = {
    kind      = "data store"
    name      = "${local.name}-documents"
    engine    = "objects"
    encrypted = true
    public    = true
    network   = terraform_data.network.output.name
  }
}

resource "terraform_data" "report" {
  input = {
    kind      = "data store"
    name      = "${local.name}-report"
    engine    = "objects"
    encrypted = false
    public    = false
    network   = terraform_data.network.output.name
  }
}

output "records_login" {
  value     = "portal:${terraform_data.records.id}"
  sensitive = true
}
