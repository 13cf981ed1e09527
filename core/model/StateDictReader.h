#pragma once

#include "core/model/Pickle.h"

#include <map>
#include <memory>

namespace goodsight {

/// A state_dict as torch.save writes it (zip format, torch 1.6 and later), read without executing anything.
///
/// The pickle in it may name collections.OrderedDict, torch._utils._rebuild_tensor_v2, _rebuild_parameter and
/// the storage types; anything else is refused by name with the error "refused-code".
class StateDictFile final : public TensorSource {
public:
    /// Longest pickle that is read, bytes.
    static constexpr qint64 kMaxPickle = qint64{16} << 20;

    /// Reads the names and shapes, and checks that the numbers of each are there. Errors: "not-found",
    /// "unreadable", "truncated", "refused-code", "legacy-format" (torch.save before 1.6), "bad-model".
    [[nodiscard]] static Result<std::unique_ptr<StateDictFile>> open(const QString& path);

    [[nodiscard]] QString path() const override;
    [[nodiscard]] const std::vector<std::pair<std::string, TensorInfo>>& tensors() const override;
    [[nodiscard]] Result<std::map<std::string, Tensor>> read(const std::vector<std::string>& names) override;

private:
    explicit StateDictFile(const QString& path);
    [[nodiscard]] Result<void> checkKind() const;
    [[nodiscard]] Result<void> readDirectory(QByteArray& pickle);
    [[nodiscard]] Result<void> readPickle(const QByteArray& bytes);
    [[nodiscard]] std::string storageEntry(const pickle::Storage& storage) const;

    QString m_path;
    std::string m_prefix; ///< the folder inside the archive, with its slash
    std::map<std::string, qint64> m_entries;
    std::vector<std::pair<std::string, TensorInfo>> m_tensors;
    std::map<std::string, pickle::TensorView> m_views;
};

/// Whether StateDictFile is the reader that a file wants, by its first bytes: a suffix may lie. One without
/// bytes to read goes by its suffix.
[[nodiscard]] bool isStateDict(const QString& path);

} // namespace goodsight
