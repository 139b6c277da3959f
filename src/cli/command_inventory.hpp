// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "command.hpp"

#include <memory>

namespace preflight::cli {

[[nodiscard]] std::unique_ptr<Command> make_inventory_command();

} // namespace preflight::cli
