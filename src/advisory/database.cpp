// SPDX-License-Identifier: Apache-2.0
#include "database.hpp"

#include "index_format.hpp"

#include "preflight/base/failure.hpp"

#include <array>

namespace preflight::advisory {

namespace {

// SQLite's extended result codes hold the primary one in the low byte.
// Source: sqlite.org/rescode.html, "Primary Result Codes versus Extended Result Codes".
constexpr unsigned kPrimaryCode = 0xFF;

struct Switch {
    int option;
    int state;
};

// Source: performance.md, section 8; sqlite.org/security.html, "Untrusted SQLite Database Files".
constexpr std::array kSwitches = {Switch{SQLITE_DBCONFIG_DEFENSIVE, 1},
                                  Switch{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
                                  Switch{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
                                  Switch{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
                                  Switch{SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0}};

struct Limit {
    int what;
    int most;
};

// Source: performance.md, section 8.
constexpr std::array kLimits = {Limit{SQLITE_LIMIT_LENGTH, static_cast<int>(kMaxRowBytes)},
                                Limit{SQLITE_LIMIT_SQL_LENGTH, 1000},
                                Limit{SQLITE_LIMIT_COLUMN, 8},
                                Limit{SQLITE_LIMIT_EXPR_DEPTH, 10},
                                Limit{SQLITE_LIMIT_COMPOUND_SELECT, 2},
                                Limit{SQLITE_LIMIT_VDBE_OP, 25'000},
                                Limit{SQLITE_LIMIT_FUNCTION_ARG, 8},
                                Limit{SQLITE_LIMIT_ATTACHED, 0},
                                Limit{SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50},
                                Limit{SQLITE_LIMIT_VARIABLE_NUMBER, 10},
                                Limit{SQLITE_LIMIT_TRIGGER_DEPTH, 1},
                                Limit{SQLITE_LIMIT_WORKER_THREADS, 0}};

/// A path as it stands in a URI. SQLite decodes every %HH (sqlite.org/uri.html).
std::string percent_encoded(std::string_view path) {
    constexpr std::string_view kHexDigits = "0123456789ABCDEF";
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    std::string encoded;
    for (const char character : path) {
        const auto byte = static_cast<unsigned char>(character);
        if (kPlain.find(character) != std::string_view::npos) {
            encoded += character;
        } else {
            encoded += {'%', kHexDigits[byte >> 4U], kHexDigits[byte & 0xFU]};
        }
    }
    return encoded;
}

} // namespace

Database Database::open(const std::string& path, const std::string& name) {
    Database database(Purpose::read, name);
    // immutable: the file is only ever replaced by a rename, never written to, so no locks are
    // needed.
    database.open_file("file:" + percent_encoded(path) + "?immutable=1",
                       SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOFOLLOW);
    database.distrust();
    return database;
}

Database Database::open(ByteView image, const std::string& name) {
    Database database(Purpose::read, name);
    database.open_file(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY);
    // With SQLITE_DESERIALIZE_READONLY the bytes are neither copied, written to nor freed
    // (sqlite.org/c3ref/deserialize.html), whatever the parameter's type says.
    auto* bytes = const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(image.data()));
    const auto size = static_cast<sqlite3_int64>(image.size());
    database.require_ok(sqlite3_deserialize(
        database.connection_.get(), "main", bytes, size, size, SQLITE_DESERIALIZE_READONLY));
    database.distrust();
    return database;
}

Database Database::open_to_write(const std::string& path, const std::string& name) {
    Database database(Purpose::write, name);
    database.open_file(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW);
    return database;
}

void Database::open_file(const std::string& file, int flags) {
    const int result = sqlite3_open_v2(file.c_str(),
                                       into(connection_),
                                       flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                       nullptr);
    if (result != SQLITE_OK) {
        throw Failure("cannot open the index " + name_ + ": " + sqlite3_errstr(result));
    }
}

void Database::distrust() {
    for (const auto& [option, state] : kSwitches) {
        int now = -1;
        require_ok(sqlite3_db_config(connection_.get(), option, state, &now));
        if (now != state) {
            throw Failure("cannot open the index " + name_ + ": SQLite lacks a protection");
        }
    }
    run("PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
        "PRAGMA query_only=ON");
    for (const auto& [what, most] : kLimits) {
        sqlite3_limit(connection_.get(), what, most);
    }
}

void Database::run(const char* sql) {
    require_ok(sqlite3_exec(connection_.get(), sql, nullptr, nullptr, nullptr));
}

std::int64_t Database::ask_number(const char* sql) {
    Statement statement(*this, sql);
    return statement.step() ? statement.number(0) : 0;
}

std::int64_t Database::file_bytes() {
    sqlite3_file* file = nullptr;
    require_ok(sqlite3_file_control(
        connection_.get(), "main", SQLITE_FCNTL_FILE_POINTER, static_cast<void*>(&file)));
    sqlite3_int64 bytes = 0;
    require_ok(file->pMethods->xFileSize(file, &bytes));
    return bytes;
}

void Database::damaged(const std::string& what) const {
    throw Failure("the index " + name_ + " is damaged: " + what +
                  "; build it again with 'lambda-preflight db build'");
}

void Database::foreign(const std::string& why) const {
    throw Failure(name_ + " is no advisory index: " + why +
                  "; build one with 'lambda-preflight db build'");
}

void Database::close() {
    require_ok(sqlite3_close(connection_.get()));
    static_cast<void>(connection_.release());
}

void Database::require_ok(int result) const {
    if (result != SQLITE_OK) {
        fail(result);
    }
}

void Database::fail(int result) const {
    const std::string cause = sqlite3_errmsg(connection_.get());
    if (purpose_ == Purpose::write) {
        throw Failure("cannot write the index " + name_ + ": " + cause);
    }
    const auto primary = static_cast<unsigned>(result) & kPrimaryCode;
    if (primary == SQLITE_NOTADB) {
        foreign(cause);
    }
    // A read that ends early means that the file is too short; other trouble is the disk's.
    if (primary == SQLITE_NOMEM || (primary == SQLITE_IOERR && result != SQLITE_IOERR_SHORT_READ)) {
        throw Failure("cannot read the index " + name_ + ": " + cause);
    }
    damaged(cause);
}

Statement::Statement(const Database& database, std::string_view sql) : database_(&database) {
    database.require_ok(sqlite3_prepare_v2(database.connection_.get(),
                                           sql.data(),
                                           static_cast<int>(sql.size()),
                                           into(statement_),
                                           nullptr));
}

void Statement::bind_text(int parameter, std::string_view value) {
    database_->require_ok(sqlite3_bind_text64(
        statement_.get(), parameter, value.data(), value.size(), nullptr, SQLITE_UTF8));
}

void Statement::bind_blob(int parameter, ByteView value) {
    database_->require_ok(
        sqlite3_bind_blob64(statement_.get(), parameter, value.data(), value.size(), nullptr));
}

bool Statement::step() {
    const int result = sqlite3_step(statement_.get());
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        database_->fail(result);
    }
    return result == SQLITE_ROW;
}

void Statement::reset() {
    // Its result repeats what step() has reported.
    static_cast<void>(sqlite3_reset(statement_.get()));
}

std::optional<std::string_view> Statement::text(int column) const {
    if (sqlite3_column_type(statement_.get(), column) != SQLITE_TEXT) {
        return std::nullopt;
    }
    const auto* characters = sqlite3_column_text(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    if (characters == nullptr) { // no memory
        return std::nullopt;
    }
    return std::string_view(reinterpret_cast<const char*>(characters), size);
}

std::optional<ByteView> Statement::blob(int column) const {
    if (sqlite3_column_type(statement_.get(), column) != SQLITE_BLOB) {
        return std::nullopt;
    }
    // A null pointer is an empty blob, or no memory: then the digest tells.
    const auto* bytes = sqlite3_column_blob(statement_.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return ByteView(static_cast<const std::byte*>(bytes), bytes == nullptr ? 0 : size);
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

} // namespace preflight::advisory
