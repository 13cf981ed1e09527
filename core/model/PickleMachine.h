#pragma once

#include "core/model/Pickle.h"

#include <QtEndian>

#include <unordered_map>

namespace goodsight::pickle {

/// The stack machine behind Document::read. One use each.
class Machine {
public:
    explicit Machine(QByteArrayView bytes)
        : m_bytes(bytes)
    {}
    [[nodiscard]] tl::expected<Document, Failure> run();

private:
    // Each step leaves m_failure alone or sets it; the first failure ends the run.
    void step(uchar opcode);
    void constant(uchar opcode);
    void global(const std::string& module, const std::string& name);
    void stackGlobal();
    void tuple(std::size_t count);
    void markedTuple();
    void append();
    void appendMarked();
    void setItems(std::size_t from);
    void reduce();
    void rebuildTensor(const Sequence& arguments);
    void build();
    void persistentId();
    void memoize(quint64 key);
    void recall(quint64 key);

    void fail(Failure::Kind kind, const QString& what);
    void broken(const char* what);
    void truncated();

    /// The next `count` bytes, or an empty view and a failure.
    QByteArrayView take(quint64 count);
    template <typename T>
    T number()
    {
        const QByteArrayView bytes = take(sizeof(T));
        return bytes.isEmpty() ? T{} : qFromLittleEndian<T>(bytes.data());
    }
    std::string line();
    std::string text(quint64 length);
    int64_t longInteger();

    Value* create(Value value);
    void push(Value value);
    Ref pop();
    /// The most recent mark, taken off the list of marks; the stack above it is the caller's.
    std::size_t popMark();
    template <typename T>
    static const T* as(Ref value)
    {
        return value ? std::get_if<T>(&value->v) : nullptr;
    }
    /// A mutable view of a value that this machine owns.
    template <typename T>
    static T* edit(Value* value)
    {
        return value ? std::get_if<T>(&value->v) : nullptr;
    }

    QByteArrayView m_bytes;
    qsizetype m_position = 0;
    Document m_document;
    std::vector<Value*> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<quint64, Value*> m_memo;
    std::optional<Failure> m_failure;
    bool m_stopped = false;
};

} // namespace goodsight::pickle
