// SPDX-License-Identifier: Apache-2.0
#include "preflight/advisory/index.hpp"

#include "database.hpp"
#include "index_format.hpp"

#include "preflight/base/failure.hpp"
#include "preflight/base/hex.hpp"
#include "preflight/base/text.hpp"

#include <algorithm>
#include <system_error>
#include <tuple>
#include <utility>

namespace preflight::advisory {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFindRow = "SELECT data, digest FROM package WHERE name = ?1";

/// The path with its folders resolved: SQLITE_OPEN_NOFOLLOW refuses a link in any of them, although
/// only one in the last place could be somebody's trick. What is no regular file is refused here,
/// because to open a FIFO would wait for ever.
fs::path resolve(const fs::path& path) {
    const auto cannot_open = [&](const std::string& cause) {
        return Failure("cannot open the index " + in_quotes(path.string()) + ": " + cause);
    };
    try {
        const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
        auto resolved = fs::canonical(folder) / path.filename();
        const auto status = fs::symlink_status(resolved);
        if (fs::is_symlink(status)) {
            throw cannot_open("it is a symbolic link; name the file that it points to");
        }
        if (!fs::exists(status)) {
            throw cannot_open(std::generic_category().message(ENOENT));
        }
        if (!fs::is_regular_file(status)) {
            throw cannot_open("it is not a regular file");
        }
        return resolved;
    } catch (const fs::filesystem_error& error) {
        throw cannot_open(error.code().message());
    }
}

void verify_identity(Database& database) {
    if (database.ask_number("PRAGMA application_id") != kApplicationId) {
        database.foreign("it does not bear our mark");
    }
    if (const auto version = database.ask_number("PRAGMA user_version");
        version != kFormatVersion) {
        database.foreign("it has format " + std::to_string(version) + ", and this program reads " +
                         std::to_string(kFormatVersion));
    }
}

/// SQLite takes a last page that is cut off, and bytes after it, without a word.
void verify_size(Database& database) {
    const auto pages = database.ask_number("PRAGMA page_count");
    if (database.file_bytes() != pages * database.ask_number("PRAGMA page_size")) {
        database.damaged("its file does not have the size that was recorded");
    }
}

/// The schema must be, text for text, the one that the builder writes: a view, a trigger or another
/// collation could make SQLite answer something else than what stands in the tables.
void verify_schema(const Database& database) {
    // SQLite itself makes the index that UNIQUE asks for, without a text.
    constexpr std::array<std::tuple<std::string_view, std::string_view, std::string_view>, 3>
        kExpected = {std::tuple("table", "header", kTables[0]),
                     std::tuple("table", "package", kTables[1]),
                     std::tuple("index", "sqlite_autoindex_package_1", "")};

    Statement schema(
        database,
        "SELECT type, name, coalesce(sql, '') FROM sqlite_schema ORDER BY type = 'index', name");
    for (const auto& expected : kExpected) {
        if (!schema.step() ||
            std::tuple(schema.text(0), schema.text(1), schema.text(2)) != expected) {
            database.damaged("its schema is not the one of an index");
        }
    }
    if (schema.step()) {
        database.damaged("its schema is not the one of an index");
    }
}

std::string read_header(const Database& database) {
    Statement header(database, "SELECT content, digest FROM header");
    if (!header.step()) {
        database.damaged("its header is missing");
    }
    const auto content = header.blob(0);
    const auto digest = header.blob(1);
    if (!content || !digest || !std::ranges::equal(crypto::sha256(*content), *digest)) {
        database.damaged("its header does not have the digest that was recorded");
    }
    std::string text(as_text(*content));
    if (header.step()) {
        database.damaged("it has two headers");
    }
    return text;
}

} // namespace

struct Index::State {
    Database database;
    std::string header_bytes; ///< What `header` borrows from.
    IndexHeader header;
    std::string sha256;
    Statement find_row;

    explicit State(Database opened);

    [[noreturn]] void row_damaged(std::string_view name, const std::string& what) const {
        database.damaged("the row of " + in_quotes(name) + " " + what);
    }
};

Index::State::State(Database opened)
    : database(
          (verify_identity(opened), verify_size(opened), verify_schema(opened), std::move(opened))),
      header_bytes(read_header(database)), find_row(database, kFindRow) {
    auto decoded = decode_header(as_bytes(header_bytes));
    if (!decoded) {
        database.damaged("in its header " + decoded.error().message);
    }
    header = std::move(decoded).value();
    sha256 = to_hex(header.rows);
}

Index::Index(std::unique_ptr<State> state) : state_(std::move(state)) {}
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

Index Index::open(const fs::path& path) {
    return Index(
        std::make_unique<State>(Database::open(resolve(path).string(), in_quotes(path.string()))));
}

Index Index::open(ByteView image, std::string_view name) {
    return Index(std::make_unique<State>(Database::open(image, in_quotes(name))));
}

std::optional<std::string> Index::find_row(std::string_view normal_name) const {
    if (!state_->header.holds(normal_name)) {
        return std::nullopt;
    }
    auto& row = state_->find_row;
    row.reset();
    row.bind_text(1, normal_name);
    if (!row.step()) {
        state_->row_damaged(normal_name, "is missing");
    }
    const auto data = row.blob(0);
    const auto digest = row.blob(1);
    if (!data || !digest || !std::ranges::equal(digest_of_row(normal_name, *data), *digest)) {
        state_->row_damaged(normal_name, "does not have the digest that was recorded");
    }
    std::string bytes(as_text(*data));
    row.reset();
    return bytes;
}

std::vector<Advisory> Index::decode(std::string_view normal_name, ByteView row) const {
    auto advisories = decode_advisories(row);
    if (!advisories) {
        state_->row_damaged(normal_name, "cannot be read: " + advisories.error().message);
    }
    return std::move(advisories).value();
}

std::vector<Advisory> Index::find(std::string_view normal_name) const {
    const auto row = find_row(normal_name);
    return row ? decode(normal_name, as_bytes(*row)) : std::vector<Advisory>();
}

const std::vector<SourceFacts>& Index::sources() const {
    return state_->header.sources;
}

std::size_t Index::records() const {
    return state_->header.records;
}

const std::string& Index::sha256() const {
    return state_->sha256;
}

} // namespace preflight::advisory
