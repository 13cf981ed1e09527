#pragma once

#include "core/learning/ActivationStore.h"
#include "core/learning/TrainableNetwork.h"
#include "core/learning/ViewPictures.h"

#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace goodsight {

/// Views and what the frozen layers make of them: made once, kept on the disk, read in every epoch.
///
/// Activations are rounded to half precision whether they are kept or made again, so that the disk's room
/// does not change what is learnt. One thread.
class ViewPool {
public:
    struct Options {
        QString folder;      ///< of the files
        QString name;        ///< what they begin with
        int side = 224;      ///< of the pictures, pixels
        qint64 maxBytes = 0; ///< of all files together
        int threads = 0;
        bool coarse = false; ///< frozen layers may compute in bfloat16
        quint64 key = 0;     ///< what the views and the first weights depend on
        std::function<bool()> stopRequested;
        std::function<void(qint64 done, qint64 total)> progress;
        /// A photo that could not be read; its rows are left out.
        std::function<void(std::size_t photo, const Error& error)> failed;
    };

    ViewPool(const ViewPictures& pictures, std::vector<ViewRef> rows, Options options);

    /// What is to be kept: a boundary, and a number that is another one for each state of the layers before
    /// it.
    struct Wanted {
        Boundary boundary = Boundary::Pictures;
        int generation = 0;
    };
    /// Makes what all rows are at `wanted` by `network` as it is now, as far as it is not there; the first
    /// ones get room first. Errors: "cancelled", the network's.
    [[nodiscard]] Result<void> prepare(TrainableNetwork& network, std::span<const Wanted> wanted);
    /// Floats of `rows` at `boundary`, from the file or made anew. A row whose photo has gone meanwhile is
    /// zero. Errors: "cancelled", the network's.
    [[nodiscard]] Result<std::vector<float>> fetch(TrainableNetwork& network,
                                                   std::span<const std::size_t> rows, Boundary boundary);
    /// The same of views that are in no list and kept nowhere.
    [[nodiscard]] Result<std::vector<float>> make(TrainableNetwork& network, std::span<const ViewRef> views,
                                                  Boundary boundary);

    [[nodiscard]] std::size_t size() const { return m_rows.size(); }
    [[nodiscard]] const ViewRef& row(std::size_t index) const { return m_rows[index]; }
    [[nodiscard]] int side() const { return m_options.side; }
    /// Bytes of the files.
    [[nodiscard]] qint64 bytes() const;
    /// Deletes the files.
    void remove();

private:
    struct Kept {
        int generation = 0;
        std::unique_ptr<ActivationStore> store;
    };

    [[nodiscard]] std::size_t rowBytes(Boundary boundary) const;
    ActivationStore& storeOf(Boundary boundary, int generation);
    /// Packed RGB pictures of views; empty where the photo cannot be read.
    [[nodiscard]] std::vector<QByteArray> picturesOf(std::span<const ViewRef> views);
    /// The network's run(), in halves where memory is short.
    [[nodiscard]] Result<std::vector<std::vector<float>>> run(TrainableNetwork& network,
                                                              std::span<const float> pictures,
                                                              std::size_t count,
                                                              std::span<const Boundary> to) const;
    [[nodiscard]] std::vector<float> normalised(std::span<const QByteArray> pictures) const;
    [[nodiscard]] bool stopRequested() const;

    const ViewPictures& m_pictures;
    const std::vector<ViewRef> m_rows;
    const Options m_options;
    std::map<Boundary, Kept> m_kept;
    qint64 m_room; ///< bytes that no file has been given
};

} // namespace goodsight
