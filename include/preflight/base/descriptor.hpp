// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace preflight {

/// The only owner of a descriptor of the operating system. A negative number is none, as open()
/// gives when it fails.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;
    /// What must not be lost has been synced before.
    ~Descriptor();

    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

} // namespace preflight
