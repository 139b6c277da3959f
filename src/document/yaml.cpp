// SPDX-License-Identifier: Apache-2.0
#include "preflight/document/yaml.hpp"

#include "preflight/base/text.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/node/node.h> // clang-tidy takes YAML::Node, if it is only declared, for our Node
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <utility>

namespace preflight::document {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr auto kNoAnchors = "anchors and aliases are not accepted";

Place place_of(const YAML::Mark& mark) {
    if (mark.is_null()) {
        return {};
    }
    return {static_cast<std::size_t>(mark.line) + 1, static_cast<std::size_t>(mark.column) + 1};
}

/// Thrown through yaml-cpp, which cannot be stopped in any other way.
struct Refused {
    DocumentError error;
};

[[noreturn]] void refuse(const YAML::Mark& mark, std::string message) {
    throw Refused{{.message = std::move(message), .place = place_of(mark)}};
}

/// Whether the quoted text that `rest` begins with has an end.
bool is_closed(std::string_view rest) {
    const char quote = rest.front();
    const std::string_view specials = quote == '"' ? "\"\\" : "'";
    for (auto at = rest.find_first_of(specials, 1); at != std::string_view::npos;
         at = rest.find_first_of(specials, at + 2)) {
        const bool is_escape = rest[at] == '\\' || (quote == '\'' && rest.substr(at + 1, 1) == "'");
        if (!is_escape) {
            return true;
        }
    }
    return false;
}

/// Builds a Node out of what yaml-cpp's parser says. yaml-cpp tells of a list or a map before it
/// reads, one call deeper, what is in it; so the limit of depth bounds its stack as well.
class Builder : public YAML::EventHandler {
public:
    /// `text` is what marks count in, without a byte order mark.
    explicit Builder(std::string_view text) : text_(text) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (std::exchange(has_document_, true)) {
            refuse(mark,
                   rest_at(mark).starts_with("---")
                       ? "more than one document"
                       : "not valid YAML: something follows the end of the document");
        }
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        refuse_tag(mark, "?");
        if (expects_key()) {
            refuse(mark, "a key is null");
        }
        if (levels_.empty()) {
            add(Node({}, place_of(mark)));
            return;
        }
        const auto& level = levels_.back();
        // yaml-cpp 0.7 reads a null between two commas of a list, and behind a key that ends the
        // document without a colon; this may be a list without an end, of which it tells later.
        if (!level.key && rest_at(mark).starts_with(',')) {
            refuse(mark, "not valid YAML: an item is missing");
        }
        if (level.key && rest_at(mark).size() == level.rest_at_key) {
            doubt("no colon follows the key " + in_quotes(level.key->text), level.key->place);
        }
        add(Node({}, level.key ? level.key->place : place_of(mark)));
    }

    void OnAnchor(const YAML::Mark& mark, const std::string& /*name*/) override {
        refuse(mark, kNoAnchors);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override {
        refuse(mark, kNoAnchors);
    }

    void OnScalar(const YAML::Mark& mark,
                  const std::string& tag,
                  YAML::anchor_t /*anchor*/,
                  const std::string& value) override {
        refuse_tag(mark, tag);
        check_indentation(place_of(mark), false);
        // yaml-cpp 0.7 makes single bytes 85 and A0 of the escapes \N and \_.
        if (!is_utf8(value)) {
            refuse(mark, "the text " + in_quotes(value) + " is no UTF-8");
        }
        if (value.find('\0') != std::string::npos) {
            refuse(mark, "the text " + in_quotes(value) + " holds a zero byte");
        }
        if (const auto rest = rest_at(mark); rest.starts_with('"') || rest.starts_with('\'')) {
            last_quoted_ = {.rest = rest, .place = place_of(mark)};
        }
        if (expects_key()) {
            set_key({.text = value, .place = place_of(mark)}, mark);
        } else {
            add(Node(Node::Scalar{.text = value, .is_quoted = tag == "!"}, place_of(mark)));
        }
    }

    void OnSequenceStart(const YAML::Mark& mark,
                         const std::string& tag,
                         YAML::anchor_t /*anchor*/,
                         YAML::EmitterStyle::value style) override {
        refuse_tag(mark, tag);
        open(mark, Node::List(), style);
    }
    void OnSequenceEnd() override { close(); }

    void OnMapStart(const YAML::Mark& mark,
                    const std::string& tag,
                    YAML::anchor_t /*anchor*/,
                    YAML::EmitterStyle::value style) override {
        refuse_tag(mark, tag);
        open(mark, Node::Map(), style);
    }
    void OnMapEnd() override { close(); }

    /// The document. yaml-cpp 0.7 takes a quoted text for whole that the end of the document cuts
    /// off behind a line end; only the last one can be.
    [[nodiscard]] Result<Node, DocumentError> take_root() {
        if (!last_quoted_.rest.empty() && !is_closed(last_quoted_.rest)) {
            doubt("a quoted text has no end", last_quoted_.place);
        }
        if (doubt_) {
            return *doubt_;
        }
        return std::move(root_);
    }

private:
    /// The document from an opening quote on.
    struct Quoted {
        std::string_view rest;
        Place place;
    };
    struct Level {
        Place place;
        bool is_block = false; ///< Written without brackets.
        std::variant<Node::List, Node::Map> items;
        std::optional<Node::Key> key; ///< Whose value comes next.
        std::size_t rest_at_key = 0;  ///< How many bytes there are from this key on.
        std::set<std::string, std::less<>> keys;
    };

    /// Keeps an error that counts if yaml-cpp finds none.
    void doubt(const std::string& message, const Place& place) {
        if (!doubt_) {
            doubt_ = DocumentError{.message = "not valid YAML: " + message, .place = place};
        }
    }

    [[nodiscard]] std::string_view rest_at(const YAML::Mark& mark) const {
        const auto offset = mark.is_null() ? text_.size() : static_cast<std::size_t>(mark.pos);
        return text_.substr(std::min(offset, text_.size()));
    }

    /// yaml-cpp gives a plain scalar the tag `?` and a quoted one the tag `!`, which may also be
    /// written; and of a tag that nothing follows it says nothing.
    void refuse_tag(const YAML::Mark& mark, std::string_view tag) const {
        if ((tag != "?" && tag != "!") || rest_at(mark).starts_with('!')) {
            refuse(mark, "tags are not accepted");
        }
    }

    [[nodiscard]] bool expects_key() const {
        return !levels_.empty() && std::holds_alternative<Node::Map>(levels_.back().items) &&
               !levels_.back().key;
    }

    void set_key(Node::Key key, const YAML::Mark& mark) {
        auto& level = levels_.back();
        if (!level.keys.insert(key.text).second) {
            refuse(mark, "the key " + in_quotes(key.text) + " occurs twice");
        }
        level.key = std::move(key);
        level.rest_at_key = rest_at(mark).size();
    }

    /// yaml-cpp 0.7 takes a value at the left margin for that of a key on the line above. Only
    /// lists with dashes may stand as far left as the key that they belong to.
    void check_indentation(const Place& place, bool is_list_with_dashes) {
        if (levels_.empty() || !levels_.back().is_block || expects_key()) {
            return;
        }
        const auto& level = levels_.back();
        const bool may_align = is_list_with_dashes && level.key;
        if (place.column + (may_align ? 1 : 0) <= level.place.column) {
            doubt("a value is not indented", place);
        }
    }

    void add(Node node) {
        if (levels_.empty()) {
            root_ = std::move(node);
            return;
        }
        auto& level = levels_.back();
        if (auto* list = std::get_if<Node::List>(&level.items)) {
            list->push_back(std::move(node));
        } else {
            std::get<Node::Map>(level.items).emplace_back(std::move(*level.key), std::move(node));
            level.key.reset();
        }
    }

    void open(const YAML::Mark& mark,
              std::variant<Node::List, Node::Map> items,
              YAML::EmitterStyle::value style) {
        if (expects_key()) {
            refuse(mark, "a key is a list or a map");
        }
        if (levels_.size() == kMaxYamlDepth) {
            refuse(mark,
                   "lists and maps nest deeper than " + std::to_string(kMaxYamlDepth) + " levels");
        }
        Level level;
        level.place = place_of(mark);
        level.is_block = style == YAML::EmitterStyle::Block;
        check_indentation(level.place, level.is_block && std::holds_alternative<Node::List>(items));
        level.items = std::move(items);
        levels_.push_back(std::move(level));
    }

    void close() {
        auto level = std::move(levels_.back());
        levels_.pop_back();
        add(std::visit(
            [&](auto&& held) { return Node(std::forward<decltype(held)>(held), level.place); },
            std::move(level.items)));
    }

    std::string_view text_;
    std::vector<Level> levels_;
    Node root_;
    Quoted last_quoted_;
    std::optional<DocumentError> doubt_;
    bool has_document_ = false;
};

/// Whether a character is a control character other than those of lines, one of the line ends of
/// YAML 1.1 that are none in YAML 1.2, or a byte order mark.
bool is_special(char32_t character) {
    const bool is_control = character < 0x20 || (character >= 0x7F && character < 0xA0);
    const bool is_of_lines = character == '\t' || character == '\n' || character == '\r';
    return (is_control && !is_of_lines) || character == 0x2028 || character == 0x2029 ||
           character == 0xFEFF;
}

/// What is wrong with the character that `rest` begins with, if anything is: what readers of YAML
/// take for different things. yaml-cpp itself would take a byte 04 for the end, a carriage return
/// for a character of a text, and overlook a directive behind the document.
std::optional<std::string> find_fault(std::string_view rest, bool begins_line) {
    const auto byte = static_cast<unsigned char>(rest.front());
    if (byte == '\r' && !rest.starts_with("\r\n")) {
        return "a carriage return stands without a line feed";
    }
    if (byte == '%' && begins_line) {
        return "directives are not accepted";
    }
    const auto character = find_code_point(rest);
    if (!character) {
        return "not valid UTF-8";
    }
    if (is_special(character->value)) {
        return "the character " + in_quotes(rest.substr(0, character->length)) + " is not accepted";
    }
    return std::nullopt;
}

std::optional<DocumentError> find_bad_character(std::string_view text) {
    Place place;
    std::size_t offset = 0;
    while (offset < text.size()) {
        const auto rest = text.substr(offset);
        if (auto fault = find_fault(rest, place.column == 1)) {
            return DocumentError{.message = std::move(*fault), .place = place};
        }
        const auto length = find_code_point(rest)->length;
        place = rest.front() == '\n' ? Place{place.line + 1, 1}
                                     : Place{place.line, place.column + length};
        offset += length;
    }
    return std::nullopt;
}

/// Behind the last character.
Place find_end(std::string_view text) {
    const auto lines = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    return {lines + 1, text.size() - (text.rfind('\n') + 1) + 1};
}

DocumentError make_error(const YAML::Exception& error, std::string_view text) {
    // At the end of the document yaml-cpp goes back to the first column.
    const bool is_at_end =
        !error.mark.is_null() && static_cast<std::size_t>(error.mark.pos) >= text.size();
    const auto place = is_at_end ? find_end(text) : place_of(error.mark);
    if (error.msg == YAML::ErrorMsg::UNKNOWN_ANCHOR) {
        return {.message = kNoAnchors, .place = place};
    }
    // What yaml-cpp says may end in a byte of the document.
    return {.message = "not valid YAML: " + printable(error.msg), .place = place};
}

} // namespace

Result<Node, DocumentError> parse_yaml(ByteView bytes) {
    const auto whole = as_text(bytes);
    if (whole.size() > kMaxYamlBytes) {
        return DocumentError{.message = "the document has more than " +
                                        std::to_string(kMaxYamlBytes) + " bytes"};
    }
    // yaml-cpp leaves out one byte order mark and does not count it.
    const auto text = whole.substr(whole.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    if (auto error = find_bad_character(text)) {
        return *std::move(error);
    }

    Builder builder(text);
    try {
        std::istringstream stream{std::string(whole)};
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const Refused& refused) {
        return refused.error;
    } catch (const YAML::Exception& error) {
        return make_error(error, text);
    }
    return builder.take_root();
}

} // namespace preflight::document
