// SPDX-License-Identifier: Apache-2.0
#include "command.hpp"

#include "preflight/base/text.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>

namespace preflight::cli {

namespace {

/// Whether `text` looks like `form`, in which `d` stands for a digit.
bool has_form(std::string_view text, std::string_view form) {
    return std::ranges::equal(text, form, [](char character, char wanted) {
        return wanted == 'd' ? character >= '0' && character <= '9' : character == wanted;
    });
}

int number_at(std::string_view text, std::size_t place, std::size_t length) {
    int number = 0;
    for (const char digit : text.substr(place, length)) {
        number = 10 * number + (digit - '0');
    }
    return number;
}

int days_of_month(int year, int month) {
    constexpr std::array kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return kDays.at(static_cast<std::size_t>(month - 1)) + (month == 2 && is_leap ? 1 : 0);
}

bool is_offset(std::string_view text) {
    return text == "Z" || text == "z" ||
           ((has_form(text, "+dd:dd") || has_form(text, "-dd:dd")) && number_at(text, 1, 2) <= 23 &&
            number_at(text, 4, 2) <= 59);
}

/// `2026-06-01T00:00:00Z`, with a fraction of a second and an offset from UTC where wanted.
bool is_rfc3339(std::string_view text) {
    constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:dd";
    std::string upper(text.substr(0, kForm.size()));
    if (upper.size() == kForm.size() && (upper[10] == 't' || upper[10] == ' ')) {
        upper[10] = 'T';
    }
    if (!has_form(upper, kForm)) {
        return false;
    }
    const auto month = number_at(text, 5, 2);
    const auto day = number_at(text, 8, 2);
    if (month < 1 || month > 12 || day < 1 || day > days_of_month(number_at(text, 0, 4), month) ||
        number_at(text, 11, 2) > 23 || number_at(text, 14, 2) > 59 || number_at(text, 17, 2) > 60) {
        return false;
    }
    auto rest = text.substr(kForm.size());
    if (rest.starts_with('.')) {
        const auto digits = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
        if (digits == 1) {
            return false;
        }
        rest.remove_prefix(digits);
    }
    return is_offset(rest);
}

bool is_epoch(std::string_view text) {
    constexpr std::size_t kMaxDigits = 12; // the year 33658
    return !text.empty() && text.size() <= kMaxDigits &&
           text.find_first_not_of("0123456789") == std::string_view::npos;
}

} // namespace

void declare_time(CLI::App& app, std::string& at) {
    app.add_option("--at",
                   at,
                   "The only time that any check sees, instead of the clock, for example "
                   "2026-06-01T00:00:00Z")
        ->type_name("RFC3339");
}

void check_time(const std::string& at, const Environment& environment) {
    if (!at.empty()) {
        if (!is_rfc3339(at)) {
            throw UsageError("--at " + in_quotes(at) +
                             " is not a time of RFC 3339, for example 2026-06-01T00:00:00Z");
        }
        return;
    }
    const auto epoch = environment.find_variable("SOURCE_DATE_EPOCH");
    if (epoch && !is_epoch(*epoch)) {
        throw UsageError("SOURCE_DATE_EPOCH " + in_quotes(*epoch) + " is not a number of seconds");
    }
}

std::string make_footer(std::string_view examples) {
    return "\nExamples:\n" + std::string(examples) +
           "\nExit codes: 0 passed, 1 blocked, 2 wrong usage or an input of unknown type, 3 not "
           "completed.";
}

} // namespace preflight::cli
