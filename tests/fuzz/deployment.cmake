# SPDX-License-Identifier: Apache-2.0
preflight_fuzz(deployment_deployments_file USES deployment document base)
preflight_fuzz(deployment_runtime_packages USES deployment document python base)
