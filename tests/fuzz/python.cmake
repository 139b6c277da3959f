# SPDX-License-Identifier: Apache-2.0
preflight_fuzz(python_file_name USES python)
preflight_fuzz(python_metadata USES python base)
preflight_fuzz(python_path_file USES python base)
preflight_fuzz(python_record_file USES python base)
preflight_fuzz(python_requirements_file USES python base)
preflight_fuzz(python_specifier USES python)
preflight_fuzz(python_version USES python)
preflight_fuzz(python_version_literal USES python base)
