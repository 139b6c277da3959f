# SPDX-License-Identifier: Apache-2.0
preflight_fuzz(inventory_conclude USES inventory crypto python base)
preflight_fuzz(inventory_egg_info USES inventory crypto python base)
preflight_fuzz(inventory_sbom USES inventory python base)
preflight_fuzz(inventory_vendor_list USES inventory python base)
