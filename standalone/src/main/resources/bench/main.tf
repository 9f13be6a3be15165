# Small, builtin provider only, and never without a change, so that each run plans and applies something.
resource "terraform_data" "item" {
  count = 3
  input = "${count.index} at ${plantimestamp()}"
}

output "items" {
  value = terraform_data.item[*].output
}
