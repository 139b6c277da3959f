# SPDX-License-Identifier: Apache-2.0
preflight_fuzz(advisory_cvss USES advisory)
preflight_fuzz(advisory_index USES advisory)
preflight_fuzz(advisory_record USES advisory)
preflight_fuzz(advisory_row USES advisory)
