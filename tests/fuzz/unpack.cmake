# SPDX-License-Identifier: Apache-2.0
preflight_fuzz(unpack_archive USES unpack)
preflight_fuzz(unpack_tar USES unpack base)
