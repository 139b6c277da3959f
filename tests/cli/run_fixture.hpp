// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/temporary_directory.hpp"
#include "support/zip_builder.hpp"

#include "preflight/cli/run.hpp"

#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace preflight::cli {

class Run : public testing::Test {
protected:
    ExitCode call(const std::vector<std::string>& arguments) {
        const std::vector<std::string_view> views(arguments.begin(), arguments.end());
        output_.str("");
        errors_.str("");
        Environment environment{
            .output = output_, .errors = errors_, .find_variable = [this](auto name) {
                const auto found = variables_.find(std::string(name));
                return found == variables_.end() ? std::nullopt : std::optional(found->second);
            }};
        return run(views, environment);
    }

    [[nodiscard]] std::string clean_function() const {
        return folder_.write("f.zip", test::make_zip({test::stored("app.py", "x = 1\n")})).string();
    }

    test::TemporaryDirectory folder_;
    std::ostringstream output_;
    std::ostringstream errors_;
    std::map<std::string, std::string> variables_;
};

} // namespace preflight::cli
