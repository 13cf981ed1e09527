#pragma once

#include "app/Workbench.h"
#include "tests/support/TestSupport.h"
#include "ui/widgets/CandidateCard.h"

#include <QTemporaryDir>

#include <memory>

class QMimeData;

namespace goodsight::testsupport {

/// The real program in a home of its own, driven as a person drives it: by drops, keys and clicks. The shipped
/// model answers. One at a time.
class WindowDriver {
public:
    /// Starts the program in `language` and waits until it can recognise.
    explicit WindowDriver(const QString& language = QStringLiteral("zh_CN"));
    ~WindowDriver();

    /// Ends the program and starts it again on the same home.
    void restart();
    /// Ends the program; the home stays until the driver goes.
    void stop() { m_bench.reset(); }

    [[nodiscard]] Workbench& bench() { return *m_bench; }
    [[nodiscard]] MainWindow& window() { return m_bench->window; }
    [[nodiscard]] QString home() const { return m_home.path(); }

    /// The child of the window with this object name, a visible one where pages share it; fails the test where
    /// there is none.
    template<typename T = QWidget>
    [[nodiscard]] T* find(const char* name)
    {
        const QList<T*> found = window().findChildren<T*>(QString::fromLatin1(name));
        for (T* child : found) {
            if (child->isVisible())
                return child;
        }
        if (found.isEmpty())
            complain(name);
        return found.value(0);
    }
    /// True when the child is there and a person sees it.
    [[nodiscard]] bool visible(const char* name);
    /// What an accessible reader says of the child.
    [[nodiscard]] QString spoken(const char* name);

    /// A key on whatever has the focus in the window.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);
    /// The key as the keyboard repeats it while it is held down.
    void holdOn(Qt::Key key);
    void type(const QString& text);
    void click(const char* name);
    void drop(const QStringList& files);
    void drop(QMimeData* data); ///< takes it
    void paste(QMimeData* data); ///< takes it

    /// Waits until the current photo has its candidates.
    [[nodiscard]] bool waitForAnswer();
    /// Waits until the photo at `index` of the queue is saved in the project.
    [[nodiscard]] bool waitForSaved(int index);
    /// Photos of the project in any of `states`; empty: all.
    [[nodiscard]] qint64 photos(const QList<PhotoState>& states = {});

    /// A copy of a sample (rendered, shipped) under another name in the home.
    [[nodiscard]] QString sample(const QString& product, const QString& name = {});

private:
    void start();
    void complain(const char* name) const;
    [[nodiscard]] QWidget* target();

    QTemporaryDir m_home;
    std::unique_ptr<Workbench> m_bench;
};

} // namespace goodsight::testsupport
