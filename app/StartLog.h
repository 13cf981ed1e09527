#pragma once

#include <QObject>

namespace goodsight {

class Workbench;

/// Tells when the window is on the screen and when the first photo has its answer there, in the logging
/// category "goodsight.start" (QT_LOGGING_RULES=goodsight.start=true), for tests/bench/start.py. Nothing
/// where nobody listens. UI thread.
class StartLog : public QObject {
    Q_OBJECT
public:
    /// Before the window is shown. `workbench` owns it.
    static void follow(Workbench& workbench);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit StartLog(Workbench& workbench);
};

} // namespace goodsight
