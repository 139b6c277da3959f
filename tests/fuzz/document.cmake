# SPDX-License-Identifier: Apache-2.0
preflight_fuzz(document_json USES document base)
preflight_fuzz(document_yaml USES document base)
