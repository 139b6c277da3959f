// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>

namespace preflight {

/// The world is wrong, not the input: a file cannot be read, a disk is full, a library does not
/// start.
///
/// The text is one clause, `cannot <verb> '<object>': <cause>`. Two places catch it: the scan,
/// which becomes incomplete, and cli::run(), which ends with exit code 3. What is wrong with an
/// input is an InputError instead.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace preflight
