#pragma once

#include "core/model/Tensor.h"

#include <QByteArrayView>

#include <deque>
#include <optional>
#include <variant>

/// The few words of Python's pickle language that a state_dict needs, and no more.
namespace goodsight::pickle {

struct Value;
using Ref = const Value*;

struct None {};
/// Items of a tuple or a list.
struct Sequence {
    bool tuple = true;
    std::vector<Ref> items;
};
/// A dict or an OrderedDict, in the order of insertion; a key may come twice, the later counts.
struct Dict {
    std::vector<std::pair<Ref, Ref>> items;
};
/// A function or class by name. Only allow-listed ones ever become a value; none is ever called.
struct Global {
    std::string name; ///< "module.name"
};
/// A run of numbers elsewhere in the archive.
struct Storage {
    ElementType type = ElementType::F32;
    std::string key;
    int64_t elements = 0;
};
/// A strided view of a storage; every element it reaches lies inside it.
struct TensorView {
    Storage storage;
    int64_t offset = 0;
    std::vector<int64_t> shape;
    std::vector<int64_t> strides;
};

struct Value {
    std::variant<None, bool, int64_t, double, std::string, Sequence, Dict, Global, Storage, TensorView> v;
};

/// Why a pickle was not read.
struct Failure {
    enum class Kind {
        Truncated, ///< it ends before its last word
        Refused,   ///< it asks for something that a state_dict has no need of; `what` is its name
        Broken     ///< it makes no sense; `what` says where
    };
    Kind kind = Kind::Broken;
    QString what;
};

/// Owns every value of one pickle. Values refer to one another by address and may form circles.
class Document {
public:
    /// Reads protocol 2 to 5 without executing anything: unknown opcodes and globals are refused by name, the
    /// sizes of stack, memo and values are bounded, nothing recurses.
    [[nodiscard]] static tl::expected<Document, Failure> read(QByteArrayView bytes);

    [[nodiscard]] const Value& root() const { return *m_root; }

private:
    friend class Machine;
    std::deque<Value> m_values; // a deque: addresses stay when it grows or moves
    Ref m_root = nullptr;
};

/// The element type of "torch.FloatStorage" and its kin.
[[nodiscard]] std::optional<ElementType> storageType(const std::string& global);

/// True when `view` has no size or stride below 0, no more elements than its storage, and stays inside it.
[[nodiscard]] bool isInside(const TensorView& view);

} // namespace goodsight::pickle
