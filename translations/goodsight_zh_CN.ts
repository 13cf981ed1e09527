<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>goodsight::AnswerSettings</name>
    <message>
        <source>Choose a table of products that go together</source>
        <translation>选择商品搭配表</translation>
    </message>
    <message>
        <source>Tables (*.csv);;All files (*)</source>
        <translation>表格 (*.csv);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Calibration and post-processing</source>
        <translation>校准与后处理</translation>
    </message>
    <message>
        <source>Calibrated percentages</source>
        <translation>校准百分比</translation>
    </message>
    <message>
        <source>80% then means right in 80 of 100 cases. The order of the products stays the same.</source>
        <translation>校准后，80% 表示 100 次里约有 80 次是对的。商品的先后顺序不变。</translation>
    </message>
    <message>
        <source>More views</source>
        <translation>多视角识别</translation>
    </message>
    <message>
        <source>Looks at a photo in six views instead of one, which takes longer.</source>
        <translation>每张照片看六个视角而不是一个，耗时更长。</translation>
    </message>
    <message>
        <source>What the store usually answers</source>
        <translation>本店习惯</translation>
    </message>
    <message>
        <source>Prefers products that are answered often, and those that go with the last answers. Beside each candidate stands how far that moved it.</source>
        <translation>优先考虑本店常见的商品，以及常与刚确认的商品搭配的商品；候选旁会标出升降了多少。</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>搭配表</translation>
    </message>
    <message>
        <source>CSV with the columns label_a, label_b, weight: how strongly two products go together.</source>
        <translation>CSV 文件，列为 label_a、label_b、weight：两种商品一起出现的程度。</translation>
    </message>
    <message>
        <source>Measure the effects</source>
        <translation>测量效果</translation>
    </message>
    <message>
        <source>On labelled photos of the project that are set aside from training.</source>
        <translation>用项目中留作验证、不参与训练的已标注照片。</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>开始测量</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choose a table …</source>
        <translation>选择搭配表…</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Where doubtful</source>
        <translation>拿不准时</translation>
    </message>
    <message>
        <source>Every photo</source>
        <translation>每张照片</translation>
    </message>
    <message>
        <source>This project&apos;s answers</source>
        <translation>本项目的答案</translation>
    </message>
    <message>
        <source>A table</source>
        <translation>搭配表</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>尚未测量。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Measured %1, with another model than the one in use.</source>
        <translation>测量于 %1，当时用的是另一个模型。</translation>
    </message>
    <message>
        <source>Measured %1, with the model in use.</source>
        <translation>测量于 %1，用的是当前模型。</translation>
    </message>
</context>
<context>
    <name>goodsight::AutomaticAnswers</name>
    <message>
        <source>Sure answers are not taken without you any more. You looked at %1, wrong: %2.</source>
        <translation>已停止自动采用答案：您看过的 %1 个里有 %2 个是错的。</translation>
    </message>
    <message>
        <source>At most %1 wrong was allowed. Measure the model again, on the Evaluation page.</source>
        <translation>只允许最多错 %1。请在“评估”页重新评估模型。</translation>
    </message>
</context>
<context>
    <name>goodsight::AutomaticPanel</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Take sure answers by itself</source>
        <translation>自动采用有把握的答案</translation>
    </message>
    <message>
        <source>Answers are taken in another project only; in this one it rests.</source>
        <translation>只在另一个项目里自动采用答案，在当前项目里暂停。</translation>
    </message>
    <message>
        <source>What you looked at has disproved this measurement: measure the model again.</source>
        <translation>您看过的答案已推翻这次评估：请重新评估模型。</translation>
    </message>
    <message>
        <source>Answers are taken by another model only; with this one it rests.</source>
        <translation>目前只为另一个模型自动采用答案；用这个模型时暂停。</translation>
    </message>
    <message>
        <source>In a queue such answers need not wait for you. 2 of 100 of them are shown to you all the same, to see that the promise is kept.</source>
        <translation>成批的照片里，这样的答案不必等您确认。每 100 张仍有 2 张照常给您看，以检验承诺是否兑现。</translation>
    </message>
    <message>
        <source>To leave such answers to the model in use, measure it on the project&apos;s validation part: photos that it has not learnt from.</source>
        <translation>要把这样的答案交给正在使用的模型，请先用项目的验证集评估它：那些照片它没有学过。</translation>
    </message>
    <message>
        <source>It rests while a new model is compared: meanwhile sure photos wait for you, too.</source>
        <translation>对比新模型期间暂停：有把握的照片也等您确认。</translation>
    </message>
</context>
<context>
    <name>goodsight::CameraPage</name>
    <message>
        <source>Camera %1</source>
        <translation>摄像头 %1</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Hold the product in front of the camera. Space takes the picture; then one key accepts or corrects the answer and the camera is back.</source>
        <translation>把商品对准摄像头，按空格键拍下；再按一个键确认或纠正，随后自动回到摄像头。</translation>
    </message>
</context>
<context>
    <name>goodsight::CameraSession</name>
    <message>
        <source>The camera is off.</source>
        <translation>摄像头已关闭。</translation>
    </message>
    <message>
        <source>No camera is connected.</source>
        <translation>没有连接摄像头。</translation>
    </message>
    <message>
        <source>Starting the camera…</source>
        <translation>正在启动摄像头…</translation>
    </message>
    <message>
        <source>The camera is live.</source>
        <translation>摄像头正在工作。</translation>
    </message>
    <message>
        <source>The camera “%1” was unplugged or stopped sending pictures.</source>
        <translation>摄像头“%1”已被拔出，或不再传送画面。</translation>
    </message>
    <message>
        <source>Goodsight is not allowed to use the camera.</source>
        <translation>识品没有使用摄像头的权限。</translation>
    </message>
    <message>
        <source>The camera “%1” does not start.</source>
        <translation>摄像头“%1”无法启动。</translation>
    </message>
    <message>
        <source>It comes back by itself when a camera is connected.</source>
        <translation>接上摄像头后会自动恢复。</translation>
    </message>
    <message>
        <source>Ask an administrator to add you to the group “video”, then sign in again.</source>
        <translation>请管理员把您加入“video”组，然后重新登录。</translation>
    </message>
    <message>
        <source>Allow the camera for Goodsight in the system&apos;s privacy settings.</source>
        <translation>请在系统的隐私设置中允许识品使用摄像头。</translation>
    </message>
    <message>
        <source>Another program may be using it. Goodsight keeps trying.</source>
        <translation>可能有其他程序正在使用它。识品会继续尝试。</translation>
    </message>
</context>
<context>
    <name>goodsight::CameraView</name>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Live picture</source>
        <translation>实时画面</translation>
    </message>
    <message>
        <source>Choose the camera</source>
        <translation>选择摄像头</translation>
    </message>
    <message>
        <source>Choose another camera</source>
        <translation>选择其他摄像头</translation>
    </message>
    <message>
        <source>Take photo</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Space</source>
        <comment>the key on the keyboard</comment>
        <translation>空格</translation>
    </message>
    <message>
        <source>Takes the picture. Key: Space</source>
        <translation>拍下照片，按键：空格</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Live · %1</source>
        <translation>实时 · %1</translation>
    </message>
</context>
<context>
    <name>goodsight::CandidateCard</name>
    <message>
        <source>%1: %2, %3</source>
        <extracomment>spoken: rank, product, confidence</extracomment>
        <translation>%1：%2，%3</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Recognising</source>
        <translation>正在识别</translation>
    </message>
    <message numerus="yes">
        <source>▲ +%n point(s)</source>
        <extracomment>percentage points that a candidate won or lost</extracomment>
        <translation>
            <numerusform>▲ +%n 个百分点</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>▼ −%n point(s)</source>
        <translation>
            <numerusform>▼ −%n 个百分点</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::CandidateColumn</name>
    <message>
        <source>Saved as %1</source>
        <extracomment>%1 is a product</extracomment>
        <translation>已记录：%1</translation>
    </message>
    <message>
        <source>Ctrl+Z takes it back.</source>
        <translation>按 Ctrl+Z 可以撤销。</translation>
    </message>
    <message>
        <source>Ctrl+Z takes it back; an answer of yours replaces it.</source>
        <translation>按 Ctrl+Z 可以撤销；您的答案会取代它。</translation>
    </message>
    <message>
        <source>Another answer replaces it: press 1 to 3, or search.</source>
        <translation>新的答案会取代它：按 1 到 3，或搜索。</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>An answer still counts: press 1 to 3, or search.</source>
        <translation>仍可作答：按 1 到 3，或直接搜索。</translation>
    </message>
    <message>
        <source>Not sure. Please check.</source>
        <translation>把握不大，请人工复核</translation>
    </message>
    <message>
        <source>Small photo: %1 × %2 pixels</source>
        <translation>照片较小：%1 × %2 像素</translation>
    </message>
    <message>
        <source>Photos of %1 × %1 pixels and more are recognised better.</source>
        <translation>%1 × %1 像素以上的照片识别得更准。</translation>
    </message>
    <message>
        <source>Perhaps none of your products</source>
        <translation>可能不是您的商品</translation>
    </message>
    <message>
        <source>Please check; Ctrl+N makes it a new product.</source>
        <translation>请人工复核；按 Ctrl+N 可把它建为新商品。</translation>
    </message>
    <message>
        <source>Moved by what this store usually answers.</source>
        <translation>已按本店习惯调整。</translation>
    </message>
    <message>
        <source>Turn off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Taken by itself: %1</source>
        <extracomment>%1 is a product</extracomment>
        <translation>自动采用：%1</translation>
    </message>
    <message>
        <source>An answer of yours replaces it: press 1 to 3, or search.</source>
        <translation>您的答案会取代它：按 1 到 3，或搜索。</translation>
    </message>
</context>
<context>
    <name>goodsight::CertaintyPanel</name>
    <message>
        <source>Does it know what it knows?</source>
        <translation>它的把握可信吗？</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>校准前</translation>
    </message>
    <message>
        <source>as shown</source>
        <translation>显示的</translation>
    </message>
    <message>
        <source>Bars on the dashed line are honest: of the answers with 80%, 80 in 100 are right. Calibration error %1 points before temperature %2, %3 after it.</source>
        <translation>柱顶落在虚线上才算诚实：把握 80% 的答案里，100 个应有 80 个正确。温度 %2 之前校准误差 %1 个百分点，之后 %3 个。</translation>
    </message>
    <message>
        <source>What can be accepted without a person?</source>
        <translation>哪些可以不用人看？</translation>
    </message>
    <message>
        <source>The fewer answers are accepted, surest first, the fewer of them are wrong.</source>
        <translation>从最有把握的开始接受：接受得越少，错得越少。</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>allowed</source>
        <translation>允许</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>可自动</translation>
    </message>
    <message>
        <source>Most wrong automatic accepts</source>
        <translation>自动接受中最多允许的错误</translation>
    </message>
    <message>
        <source>At most %1 wrong</source>
        <translation>最多错 %1</translation>
    </message>
</context>
<context>
    <name>goodsight::ChartExport</name>
    <message>
        <source>The chart cannot be written to “%1”.</source>
        <translation>图表无法写入“%1”。</translation>
    </message>
    <message>
        <source>Choose another folder, or free some space.</source>
        <translation>请换一个文件夹，或腾出一些空间。</translation>
    </message>
    <message>
        <source>Goodsight</source>
        <translation>识品</translation>
    </message>
</context>
<context>
    <name>goodsight::ChartExportButton</name>
    <message>
        <source>Export the chart</source>
        <translation>导出图表</translation>
    </message>
    <message>
        <source>Picture (PNG)</source>
        <translation>图片（PNG）</translation>
    </message>
    <message>
        <source>Drawing (SVG)</source>
        <translation>矢量图（SVG）</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>表格（CSV）</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export: %1</source>
        <translation>导出：%1</translation>
    </message>
</context>
<context>
    <name>goodsight::ClassTableModel</name>
    <message>
        <source>Of its photos, those recognised as it</source>
        <translation>该商品的照片中，被正确认出的</translation>
    </message>
    <message>
        <source>Of its photos, those with it among the first three</source>
        <translation>该商品的照片中，前三里有它的</translation>
    </message>
    <message>
        <source>Of the photos recognised as it, those that are it</source>
        <translation>被认成它的照片中，确实是它的</translation>
    </message>
    <message>
        <source>Right and precision in one figure</source>
        <translation>把正确率与精确率合成一个数</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>一次就对</translation>
    </message>
    <message>
        <source>Among three</source>
        <translation>前三里有</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
</context>
<context>
    <name>goodsight::ClassTablePanel</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Search products …</source>
        <translation>搜索商品…</translation>
    </message>
    <message>
        <source>Worst first; a click on a heading sorts by it.</source>
        <translation>最差的在前；点表头可换排序。</translation>
    </message>
    <message>
        <source>Figures of each product</source>
        <translation>各商品的成绩</translation>
    </message>
    <message>
        <source>Export the table</source>
        <translation>导出表格</translation>
    </message>
</context>
<context>
    <name>goodsight::Cli</name>
    <message>
        <source>%1 holds a training run already.</source>
        <translation>%1 里已经有一次训练。</translation>
    </message>
    <message>
        <source>Let it go on with --resume, or choose another --work.</source>
        <translation>请用 --resume 让它继续，或另选 --work。</translation>
    </message>
    <message>
        <source>The model knows no product “%1”.</source>
        <translation>模型不认识商品“%1”。</translation>
    </message>
    <message>
        <source>Name the folder after a product&apos;s id or name.</source>
        <translation>请用商品的编号或名称给文件夹命名。</translation>
    </message>
    <message>
        <source>Train a model on this project.</source>
        <translation>请用这个项目训练一个模型。</translation>
    </message>
    <message>
        <source>“%1” is a file, not an installed model.</source>
        <translation>“%1”是文件，不是已安装的模型。</translation>
    </message>
    <message>
        <source>Import it first: goodsight-cli model import FILE</source>
        <translation>请先导入：goodsight-cli model import FILE</translation>
    </message>
    <message>
        <source>Not all of the output could be written.</source>
        <translation>输出未能全部写出。</translation>
    </message>
    <message>
        <source>%1 is not where the project has it.</source>
        <translation>%1 不在项目记录的位置。</translation>
    </message>
    <message>
        <source>%1 has no photo of the model&apos;s products.</source>
        <translation>%1 中没有该模型商品的照片。</translation>
    </message>
    <message>
        <source>A photo&apos;s folder must be named after its product.</source>
        <translation>照片所在文件夹须以商品命名。</translation>
    </message>
</context>
<context>
    <name>goodsight::ComparisonPage</name>
    <message>
        <source>Comparison</source>
        <translation>新旧对比</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>返回模型</translation>
    </message>
    <message>
        <source>Back to the models</source>
        <translation>返回“模型”页</translation>
    </message>
    <message>
        <source>Use the new model</source>
        <translation>启用新模型</translation>
    </message>
    <message>
        <source>Where they differ</source>
        <translation>判断不同的照片</translation>
    </message>
    <message>
        <source>Right with only one of them</source>
        <translation>只有一方正确的照片</translation>
    </message>
    <message>
        <source>No model is being compared.
“Compare” on the Models page lets a new model recognise the same photos unseen, before it may replace the one in use.</source>
        <translation>当前没有正在对比的模型。
在“模型”页点“先对比”，新模型会在后台识别同样的照片，合格后才能替换正在使用的模型。</translation>
    </message>
    <message>
        <source>new: %1 · in use: %2</source>
        <translation>新：%1 · 使用中：%2</translation>
    </message>
    <message numerus="yes">
        <source>%n more wait(s)</source>
        <translation>
            <numerusform>还有 %n 张等待</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n was/were passed over</source>
        <translation>
            <numerusform>%n 张未能对比</numerusform>
        </translation>
    </message>
    <message>
        <source>photos compared</source>
        <translation>已对比的照片</translation>
    </message>
    <message>
        <source>both models have recognised them</source>
        <translation>两个模型都识别过</translation>
    </message>
    <message>
        <source>of them answered</source>
        <translation>其中已作答</translation>
    </message>
    <message>
        <source>only these tell who is right; %1 are needed</source>
        <translation>只有这些能说明谁对；需要 %1 张</translation>
    </message>
    <message>
        <source>named differently</source>
        <translation>判断不同</translation>
    </message>
    <message>
        <source>a click below opens the photo</source>
        <translation>在下方点击可打开照片</translation>
    </message>
    <message numerus="yes">
        <source>%n product(s) with fewer than %1 photos count in the total only.</source>
        <translation>
            <numerusform>%n 种商品不足 %1 张，只计入总数。</numerusform>
        </translation>
    </message>
    <message>
        <source>The old model stays in use. Train with more photos of what it mixes up.</source>
        <translation>继续使用旧模型。请为混淆的商品补充照片后再训练。</translation>
    </message>
    <message>
        <source>The new model answers from now on.</source>
        <translation>从现在起由新模型识别。</translation>
    </message>
    <message>
        <source>Really stop</source>
        <translation>确认停止</translation>
    </message>
    <message>
        <source>Stop comparing</source>
        <translation>停止对比</translation>
    </message>
    <message>
        <source>The old model stays in use, and this new one is not compared again.</source>
        <translation>继续使用旧模型，这个新模型不再参与对比。</translation>
    </message>
    <message>
        <source>%1 is in use now.</source>
        <translation>正在使用“%1”。</translation>
    </message>
    <message>
        <source>It has replaced %1.</source>
        <translation>它替换了“%1”。</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>换回 %1</translation>
    </message>
    <message>
        <source>It may be used; one click brings the old one back. A smaller loss is not excluded.</source>
        <translation>可以使用；一键即可换回旧模型。更小的差距不能排除。</translation>
    </message>
    <message>
        <source>Go on as always: every photo that you answer counts. Sure answers are not taken without you meanwhile, or only unsure photos would be compared.</source>
        <translation>照常使用即可：您确认的每张照片都算数。对比期间不会自动采用有把握的答案，否则只会对比没把握的照片。</translation>
    </message>
    <message numerus="yes">
        <source>%n more answered photo(s) until the next look. Sure answers are not taken without you meanwhile.</source>
        <translation>
            <numerusform>再确认 %n 张照片后进行下一次判定。对比期间不会自动采用有把握的答案。</numerusform>
        </translation>
    </message>
    <message>
        <source>Verdicts of the look at %1 photos; it looks whenever their number has doubled.</source>
        <translation>结论来自 %1 张照片时的判定；照片数每翻一倍判定一次。</translation>
    </message>
</context>
<context>
    <name>goodsight::ConfusionPanel</name>
    <message>
        <source>What is taken for what</source>
        <translation>什么被认成了什么</translation>
    </message>
    <message>
        <source>A click shows the photos · Ctrl + wheel or + − zoom, 0 shows all · arrows and Enter choose</source>
        <translation>点格子看照片 · Ctrl + 滚轮或 + − 缩放，0 显示全部 · 方向键和 Enter 选择</translation>
    </message>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>认错</translation>
    </message>
    <message>
        <source>Most often mixed up</source>
        <translation>最常混淆</translation>
    </message>
    <message>
        <source>Photos of the cell</source>
        <translation>这一格的照片</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n photo(s) right</source>
        <translation>
            <numerusform>%1：%n 张正确</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 taken for %2: %n photo(s)</source>
        <translation>
            <numerusform>%1 被认成 %2：%n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 · the first %2</source>
        <translation>%1 · 显示前 %2 张</translation>
    </message>
</context>
<context>
    <name>goodsight::ConfusionView</name>
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>%1: %2 of %3 photos right</source>
        <extracomment>%1 product, %2 photos that were right, %3 photos of it</extracomment>
        <translation>%1：%3 张照片中 %2 张正确</translation>
    </message>
    <message>
        <source>%1 taken for %2: %3 of %4 photos</source>
        <extracomment>%1 and %2 products</extracomment>
        <translation>%1 被认成 %2：%4 张照片中 %3 张</translation>
    </message>
    <message>
        <source>Taken for →</source>
        <translation>认成 →</translation>
    </message>
    <message>
        <source>← It is</source>
        <translation>← 实际是</translation>
    </message>
    <message>
        <source>It is ↓</source>
        <translation>实际是 ↓</translation>
    </message>
</context>
<context>
    <name>goodsight::Csv</name>
    <message>
        <source>has a quotation mark inside a field that is not quoted</source>
        <translation>未加引号的字段中有引号</translation>
    </message>
    <message>
        <source>has text after a closing quotation mark</source>
        <translation>右引号之后还有文字</translation>
    </message>
    <message>
        <source>opens a quotation mark that is never closed</source>
        <translation>左引号没有对应的右引号</translation>
    </message>
    <message>
        <source>%1, line %2 %3.</source>
        <translation>%1 第 %2 行：%3。</translation>
    </message>
    <message>
        <source>Mend that line, or export the table again as CSV in UTF-8.</source>
        <translation>请改正这一行，或重新导出为 UTF-8 编码的 CSV。</translation>
    </message>
    <message>
        <source>%1 is too large for a table.</source>
        <translation>%1 太大，不像是表格。</translation>
    </message>
    <message>
        <source>Check that it is a CSV file.</source>
        <translation>请确认它是 CSV 文件。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>Check the file and its permissions.</source>
        <translation>请检查该文件及其权限。</translation>
    </message>
    <message>
        <source>%1 is not text in UTF-8.</source>
        <translation>%1 不是 UTF-8 编码的文本。</translation>
    </message>
    <message>
        <source>Export the table again as CSV in UTF-8.</source>
        <translation>请重新导出为 UTF-8 编码的 CSV。</translation>
    </message>
</context>
<context>
    <name>goodsight::Dataset</name>
    <message>
        <source>%1 is not a Goodsight project.</source>
        <translation>%1 不是识品项目。</translation>
    </message>
    <message>
        <source>Choose a folder that holds a project.sqlite, or make a new project.</source>
        <translation>请选择含有 project.sqlite 的文件夹，或新建项目。</translation>
    </message>
    <message>
        <source>The project.sqlite in %1 is a database of another program; it was left as it is.</source>
        <translation>%1 中的 project.sqlite 是其他程序的数据库，未作任何改动。</translation>
    </message>
    <message>
        <source>Choose another folder for the project.</source>
        <translation>请为项目另选一个文件夹。</translation>
    </message>
    <message>
        <source>The project %1 was made by a newer version of Goodsight.</source>
        <translation>项目 %1 是由更新版本的识品创建的。</translation>
    </message>
    <message>
        <source>Install the newer version to open the project.</source>
        <translation>请安装新版本后再打开此项目。</translation>
    </message>
    <message>
        <source>The project %1 cannot be read.</source>
        <translation>无法读取项目 %1。</translation>
    </message>
    <message>
        <source>Copy the project to a folder of your own and open that.</source>
        <translation>请把项目复制到您自己的文件夹后再打开。</translation>
    </message>
    <message>
        <source>The project %1 was made by an older version of Goodsight.</source>
        <translation>项目 %1 是由旧版本的识品创建的。</translation>
    </message>
    <message>
        <source>Open it for writing once; that brings it up to date.</source>
        <translation>请以可写方式打开一次，即可完成升级。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made: the disk is full.</source>
        <translation>无法创建文件夹 %1：磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space and try again.</source>
        <translation>请腾出一些空间后重试。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>无法创建文件夹 %1。</translation>
    </message>
    <message>
        <source>Choose a folder that you may write to.</source>
        <translation>请选择您有写入权限的文件夹。</translation>
    </message>
    <message>
        <source>The project %1 is open for reading only.</source>
        <translation>项目 %1 以只读方式打开。</translation>
    </message>
    <message>
        <source>Close it where it is being used, then open it again here.</source>
        <translation>请先在占用它的地方关闭，再在这里重新打开。</translation>
    </message>
    <message>
        <source>The project answered: %1</source>
        <translation>项目返回：%1</translation>
    </message>
    <message>
        <source>The project failed.</source>
        <translation>项目出错。</translation>
    </message>
    <message>
        <source>There is nothing to undo.</source>
        <translation>没有可以撤销的操作。</translation>
    </message>
    <message>
        <source>There is nothing to do again.</source>
        <translation>没有可以重做的操作。</translation>
    </message>
    <message>
        <source>The project has no label %1.</source>
        <translation>项目中没有标签 %1。</translation>
    </message>
    <message>
        <source>Choose one of its labels or make a new product.</source>
        <translation>请选择已有的标签，或新建商品。</translation>
    </message>
    <message>
        <source>The photo %1 cannot be saved: the disk is read-only.</source>
        <translation>无法保存照片 %1：磁盘是只读的。</translation>
    </message>
    <message>
        <source>Copy the project to a folder of your own, or open it for reading only.</source>
        <translation>请把项目复制到您自己的文件夹，或以只读方式打开。</translation>
    </message>
    <message>
        <source>The photo %1 cannot be saved: the disk is full.</source>
        <translation>无法保存照片 %1：磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space and try again; everything saved before is safe.</source>
        <translation>请腾出一些空间后重试；此前保存的内容都是安全的。</translation>
    </message>
    <message>
        <source>The photo %1 cannot be saved (%2).</source>
        <translation>无法保存照片 %1（%2）。</translation>
    </message>
    <message>
        <source>Check that the disk is connected and that you may use the folder.</source>
        <translation>请确认磁盘已连接，并且您有权使用该文件夹。</translation>
    </message>
    <message>
        <source>“%1” has changed since it was shown.</source>
        <translation>“%1”在显示之后已被更改。</translation>
    </message>
    <message>
        <source>Open it again and answer once more.</source>
        <translation>请重新打开它，再确认一次。</translation>
    </message>
    <message>
        <source>The photo %1 is not there.</source>
        <translation>照片 %1 不存在。</translation>
    </message>
    <message>
        <source>It may have been moved or deleted.</source>
        <translation>它可能已被移动或删除。</translation>
    </message>
    <message>
        <source>The photo %1 cannot be read (%2).</source>
        <translation>无法读取照片 %1（%2）。</translation>
    </message>
    <message>
        <source>Check that you may open the file.</source>
        <translation>请确认您有权打开该文件。</translation>
    </message>
    <message>
        <source>The photo %1 is larger than 1 GB.</source>
        <translation>照片 %1 超过 1 GB。</translation>
    </message>
    <message>
        <source>Save it in a smaller size first.</source>
        <translation>请先把它存小一些。</translation>
    </message>
    <message>
        <source>The photo %1 is empty.</source>
        <translation>照片 %1 是空文件。</translation>
    </message>
    <message>
        <source>Take or copy the photo again.</source>
        <translation>请重新拍摄或复制这张照片。</translation>
    </message>
    <message>
        <source>no folder</source>
        <translation>没有文件夹</translation>
    </message>
    <message>
        <source>The project has no photo %1.</source>
        <translation>项目中没有照片 %1。</translation>
    </message>
    <message>
        <source>List the project&apos;s photos to see their hashes.</source>
        <translation>列出项目中的照片即可看到它们的哈希值。</translation>
    </message>
    <message>
        <source>The project %1 is being used by another program.</source>
        <translation>项目 %1 正被其他程序使用。</translation>
    </message>
    <message>
        <source>Close it there, or open the project for reading only.</source>
        <translation>请在那里关闭它，或以只读方式打开此项目。</translation>
    </message>
    <message>
        <source>The project %1 is being used by %2 (process %3 on %4, since %5).</source>
        <translation>项目 %1 正被 %2 使用（%4 上的进程 %3，始于 %5）。</translation>
    </message>
    <message>
        <source>The disk that holds the project %1 is full.</source>
        <translation>项目 %1 所在的磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space, or open the project for reading only.</source>
        <translation>请腾出一些空间，或以只读方式打开此项目。</translation>
    </message>
    <message>
        <source>The project %1 cannot be written to.</source>
        <translation>无法写入项目 %1。</translation>
    </message>
    <message>
        <source>There is no photo to keep.</source>
        <translation>没有可保存的照片。</translation>
    </message>
    <message>
        <source>An answer must say what it was.</source>
        <translation>答案必须说明这是什么商品。</translation>
    </message>
    <message>
        <source>%1 cannot be a label&apos;s id.</source>
        <translation>%1 不能用作标签的编号。</translation>
    </message>
    <message>
        <source>Ids are lower-case letters, digits and hyphens.</source>
        <translation>编号只能由小写字母、数字和连字符组成。</translation>
    </message>
    <message>
        <source>A new product needs a name.</source>
        <translation>新商品需要有名称。</translation>
    </message>
    <message>
        <source>Type its Chinese or English name.</source>
        <translation>请输入它的中文或英文名称。</translation>
    </message>
    <message>
        <source>A product needs a name.</source>
        <translation>商品需要有名称。</translation>
    </message>
    <message>
        <source>%1 is that label already.</source>
        <translation>%1 已经是这个标签。</translation>
    </message>
    <message>
        <source>The database of the project %1 is damaged or not a database (%2).</source>
        <translation>项目 %1 的数据库已损坏，或不是数据库（%2）。</translation>
    </message>
    <message>
        <source>Restore project.sqlite from a backup; the photos in its images folder are untouched.</source>
        <translation>请从备份恢复 project.sqlite；images 文件夹中的照片没有受到影响。</translation>
    </message>
    <message>
        <source>Another program keeps the database of the project %1 busy.</source>
        <translation>其他程序一直占用着项目 %1 的数据库。</translation>
    </message>
    <message>
        <source>Close that program and try again.</source>
        <translation>请关闭那个程序后重试。</translation>
    </message>
    <message>
        <source>The database of the project %1 cannot be read or written (%2).</source>
        <translation>无法读写项目 %1 的数据库（%2）。</translation>
    </message>
    <message>
        <source>The database of the project %1 answered: %2</source>
        <translation>项目 %1 的数据库返回：%2</translation>
    </message>
    <message>
        <source>The photo %1 cannot be exported: the disk is full.</source>
        <translation>照片 %1 无法导出：磁盘已满。</translation>
    </message>
    <message>
        <source>Free some space and export again.</source>
        <translation>请腾出一些空间，再重新导出。</translation>
    </message>
    <message>
        <source>The photo %1 cannot be written there.</source>
        <translation>照片 %1 无法写入该位置。</translation>
    </message>
    <message>
        <source>Exporting photos</source>
        <translation>正在导出照片</translation>
    </message>
    <message>
        <source>%1 is not a folder.</source>
        <translation>%1 不是文件夹。</translation>
    </message>
    <message>
        <source>Choose a folder to export to.</source>
        <translation>请选择一个导出文件夹。</translation>
    </message>
    <message>
        <source>Importing photos</source>
        <translation>正在导入照片</translation>
    </message>
    <message>
        <source>The format %1 cannot be used yet.</source>
        <translation>格式 %1 目前还不能使用。</translation>
    </message>
    <message>
        <source>Use imagefolder: one folder for each product.</source>
        <translation>请使用 imagefolder：每种商品一个文件夹。</translation>
    </message>
    <message>
        <source>There is no format %1.</source>
        <translation>没有名为 %1 的格式。</translation>
    </message>
    <message>
        <source>Formats are: %1.</source>
        <translation>可用的格式：%1。</translation>
    </message>
    <message>
        <source>There is no %1.</source>
        <translation>找不到 %1。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>No photos were found in %1.</source>
        <translation>在 %1 中没有找到照片。</translation>
    </message>
    <message>
        <source>Choose a folder with photos, or with one folder for each product.</source>
        <translation>请选择放有照片的文件夹，或每种商品各占一个子文件夹的文件夹。</translation>
    </message>
    <message>
        <source>Close it there, or open the project for reading only. If that machine is off, delete the file project.lock in the project&apos;s folder.</source>
        <translation>请在那里关闭它，或以只读方式打开项目。如果那台电脑已经关机，请删除项目文件夹中的 project.lock 文件。</translation>
    </message>
    <message>
        <source>Checking the project</source>
        <translation>正在检查项目</translation>
    </message>
    <message>
        <source>The database of the project is damaged (%1).</source>
        <translation>项目的数据库已损坏（%1）。</translation>
    </message>
    <message>
        <source>Restore project.sqlite from a backup.</source>
        <translation>请从备份恢复 project.sqlite。</translation>
    </message>
    <message>
        <source>Put the file back, or drop the photo on the window again; its label is kept.</source>
        <translation>请把文件放回原处，或把照片重新拖到窗口上；它的标签还在。</translation>
    </message>
    <message>
        <source>The photo %1 was changed since it was kept.</source>
        <translation>照片 %1 存入之后被改动过。</translation>
    </message>
    <message>
        <source>Restore the file from a backup.</source>
        <translation>请从备份恢复该文件。</translation>
    </message>
    <message>
        <source>The file %1 belongs to no photo of the project.</source>
        <translation>文件 %1 不属于项目中的任何照片。</translation>
    </message>
    <message>
        <source>It may be deleted.</source>
        <translation>可以删除它。</translation>
    </message>
    <message>
        <source>The project has a model called %1 already.</source>
        <translation>项目中已有名为 %1 的模型。</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>请换一个名称。</translation>
    </message>
    <message>
        <source>The project does not know this model.</source>
        <translation>项目中没有这个模型。</translation>
    </message>
    <message>
        <source>The model %1 cannot take this step now.</source>
        <translation>模型 %1 现在不能进行这一步。</translation>
    </message>
    <message>
        <source>A new model runs in the shadow first; what was promoted or rejected stays so.</source>
        <translation>新模型须先在后台对比运行；已启用或已拒绝的模型不再变动。</translation>
    </message>
    <message>
        <source>No model of this project was put into use.</source>
        <translation>本项目还没有启用过任何模型。</translation>
    </message>
    <message>
        <source>Looking for photos that are alike</source>
        <translation>正在查找相似的照片</translation>
    </message>
    <message>
        <source>Nothing would be left to learn from.</source>
        <translation>这样就没有照片可供训练了。</translation>
    </message>
    <message>
        <source>Choose shares of 0 or more that are less than 1 together.</source>
        <translation>各部分的比例须不小于 0，且合计小于 1。</translation>
    </message>
    <message>
        <source>“%1” is in the project already.</source>
        <translation>“%1”已经在项目里了。</translation>
    </message>
</context>
<context>
    <name>goodsight::DifferenceList</name>
    <message>
        <source>not answered yet</source>
        <translation>尚未作答</translation>
    </message>
    <message>
        <source>answer: %1 · the new model is right</source>
        <translation>答案：%1 · 新模型对</translation>
    </message>
    <message>
        <source>answer: %1 · the old model is right</source>
        <translation>答案：%1 · 旧模型对</translation>
    </message>
    <message>
        <source>answer: %1 · both are wrong</source>
        <translation>答案：%1 · 都不对</translation>
    </message>
    <message>
        <source>old: %1, new: %2</source>
        <translation>旧：%1，新：%2</translation>
    </message>
    <message>
        <source>The two models have said the same of every photo so far.</source>
        <translation>到目前为止，两个模型对每张照片的判断都相同。</translation>
    </message>
    <message>
        <source>No photo has been compared yet.</source>
        <translation>还没有对比过照片。</translation>
    </message>
</context>
<context>
    <name>goodsight::EffectWords</name>
    <message numerus="yes">
        <source>On %n validation photo(s): </source>
        <translation>
            <numerusform>在 %n 张验证照片上：</numerusform>
        </translation>
    </message>
    <message>
        <source>percentages are off by %1 instead of %2.</source>
        <translation>百分比的偏差为 %1，不校准为 %2。</translation>
    </message>
    <message>
        <source>first choice right %1 → %2 where doubtful (%3 of the photos, %4 times more time on average), → %5 for every photo (%6 times more time).</source>
        <translation>拿不准时用，首选正确率 %1 → %2（%3 的照片，平均每张多 %4 倍时间）；每张都用，→ %5（多 %6 倍时间）。</translation>
    </message>
    <message>
        <source>first choice right %1 → %2, among three %3 → %4.</source>
        <translation>首选正确率 %1 → %2，前三 %3 → %4。</translation>
    </message>
    <message>
        <source>Nothing to measure yet: only answers that people gave in this project count.</source>
        <translation>还没有可测量的内容：只统计在本项目中由人给出的答案。</translation>
    </message>
    <message numerus="yes">
        <source>So far: %1 of %n photo(s), %2 ms more for each photo on average.</source>
        <translation>
            <numerusform>目前：%n 张照片中用了 %1 张，平均每张多 %2 ms。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::EmbeddingMapView</name>
    <message>
        <source>Map of the photos</source>
        <translation>照片地图</translation>
    </message>
</context>
<context>
    <name>goodsight::EmptyState</name>
    <message>
        <source>Drop product photos here</source>
        <translation>把商品照片拖到这里</translation>
    </message>
    <message>
        <source>Files, folders, or a picture dragged from a browser. Everything stays on this computer.</source>
        <translation>可以是文件、文件夹，或从浏览器拖来的图片。所有内容都只留在这台电脑上。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>No photo at hand? Try a sample</source>
        <translation>手边没有照片？试试示例图片</translation>
    </message>
</context>
<context>
    <name>goodsight::Engine</name>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>8-bit engine</source>
        <translation>8 位引擎</translation>
    </message>
    <message>
        <source>32-bit engine</source>
        <translation>32 位引擎</translation>
    </message>
    <message>
        <source>LibTorch (reference)</source>
        <translation>LibTorch（参考）</translation>
    </message>
</context>
<context>
    <name>goodsight::EvaluationBar</name>
    <message>
        <source>Choose a folder with one folder of photos for each product</source>
        <translation>选择一个文件夹，其中每种商品各有一个照片文件夹</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>开始评估</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>All labelled photos of the project</source>
        <translation>项目中所有已标注的照片</translation>
    </message>
    <message>
        <source>The project&apos;s validation part</source>
        <translation>项目的验证集</translation>
    </message>
    <message>
        <source>A folder …</source>
        <translation>文件夹…</translation>
    </message>
    <message>
        <source>Folder: %1</source>
        <translation>文件夹：%1</translation>
    </message>
</context>
<context>
    <name>goodsight::EvaluationJob</name>
    <message>
        <source>This model has learnt from all photos of the validation part.</source>
        <translation>验证集的照片这个模型全都学过。</translation>
    </message>
    <message>
        <source>Measure it on a folder, or answer more photos first.</source>
        <translation>请用文件夹里的照片评估，或先回答更多照片。</translation>
    </message>
    <message>
        <source>The project has no validation part yet.</source>
        <translation>项目还没有验证集。</translation>
    </message>
    <message>
        <source>One of seven labelled photos is set aside for it: answer some more photos.</source>
        <translation>每七张有标签的照片会留出一张：请再回答一些照片。</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>正在加载模型…</translation>
    </message>
    <message>
        <source>Recognising photos …</source>
        <translation>正在识别照片…</translation>
    </message>
    <message>
        <source>None of these photos could be used.</source>
        <translation>这些照片都无法使用。</translation>
    </message>
    <message>
        <source>The photos must be labelled: by answers in the project, or by the names of their folders.</source>
        <translation>照片必须有标注：来自项目中的答案，或文件夹的名称。</translation>
    </message>
    <message>
        <source>Drawing the map …</source>
        <translation>正在绘制地图…</translation>
    </message>
</context>
<context>
    <name>goodsight::EvaluationOverview</name>
    <message numerus="yes">
        <source>%n photo(s) left out: the model has learnt from them</source>
        <translation>
            <numerusform>不计 %n 张模型学过的照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the model has learnt from %n of these photos: too good to be true</source>
        <translation>
            <numerusform>其中 %n 张模型已经学过：数字偏高</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n 种商品</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) of products that the model does not know</source>
        <translation>
            <numerusform>%n 张照片的商品模型不认识</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) could not be read</source>
        <translation>
            <numerusform>%n 张照片无法读取</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s) lie in folders that no product is called after</source>
        <translation>
            <numerusform>%n 张照片所在的文件夹不是任何商品的名称</numerusform>
        </translation>
    </message>
    <message>
        <source>Right at once</source>
        <translation>一次就对</translation>
    </message>
    <message>
        <source>The first answer was the product.</source>
        <translation>第一个答案就是这件商品。</translation>
    </message>
    <message>
        <source>Among the three</source>
        <translation>前三里有</translation>
    </message>
    <message>
        <source>One key was enough: the product was one of the three.</source>
        <translation>按一个键就够：商品在三个候选之中。</translation>
    </message>
    <message>
        <source>Macro F1</source>
        <translation>宏平均 F1</translation>
    </message>
    <message>
        <source>Every product counts the same, however few its photos. 1 is perfect.</source>
        <translation>无论照片多少，每种商品同等计算；1 为满分。</translation>
    </message>
    <message>
        <source>Calibration error, points</source>
        <translation>校准误差（百分点）</translation>
    </message>
    <message>
        <source>%1 of %2 right</source>
        <translation>%2 张中 %1 张正确</translation>
    </message>
    <message>
        <source>The weakest products</source>
        <translation>最弱的商品</translation>
    </message>
    <message>
        <source>Most often mixed up</source>
        <translation>最常混淆</translation>
    </message>
</context>
<context>
    <name>goodsight::EvaluationPage</name>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Mix-ups</source>
        <translation>混淆</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Certainty</source>
        <translation>把握</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>The photos are being recognised.
The figures appear here when all are done.</source>
        <translation>正在识别照片。
全部完成后，成绩显示在这里。</translation>
    </message>
    <message>
        <source>How good is the model?
Choose photos whose products are known, and it is measured on them: how often it is right, what it mixes up, and how far it can be trusted.</source>
        <translation>这个模型有多好？
选择已知商品的照片来测一测：多常答对、容易混淆什么、能信任到什么程度。</translation>
    </message>
</context>
<context>
    <name>goodsight::EvaluationWords</name>
    <message>
        <source>Of 100 photos %1 are right at once, %2 are among the three.</source>
        <translation>每 100 张照片，%1 张一次就对，%2 张的答案在前三里。</translation>
    </message>
    <message>
        <source>Its percentages are off by %1 points on average.</source>
        <translation>它给出的百分比平均偏差 %1 个百分点。</translation>
    </message>
    <message>
        <source>Too few photos for this promise: at least %1 are needed, here are %2.</source>
        <translation>照片太少，无法作此承诺：至少需要 %1 张，现有 %2 张。</translation>
    </message>
    <message>
        <source>No threshold keeps this promise with these photos: a person must look at every answer.</source>
        <translation>用这些照片找不到能守住承诺的门槛：每个答案都要有人看。</translation>
    </message>
    <message>
        <source>Answers from %1 on need no person: %2 of 100 photos. Wrong among the %3 such answers here: %4; with %5 confidence at most %6 will be.</source>
        <translation>把握达到 %1 的答案不用人看：每 100 张照片有 %2 张。这里这样的 %3 个答案中错 %4 个；在 %5 的置信水平下，最多错 %6。</translation>
    </message>
    <message>
        <source>Nothing to compare: too few photos that the model has not learnt from.</source>
        <translation>没有可比的：模型没有学过的照片太少。</translation>
    </message>
    <message>
        <source>The newest photos look different from those that the model learnt from: worth training anew.</source>
        <translation>最新的照片与模型学过的看起来不同：值得重新训练。</translation>
    </message>
    <message>
        <source>The newest photos look like those that the model learnt from.</source>
        <translation>最新的照片与模型学过的看起来一样。</translation>
    </message>
    <message>
        <source>Products come in more or less often than it learnt them.</source>
        <translation>各商品出现的比例与它学习时不同。</translation>
    </message>
    <message>
        <source>The products come in as often as it learnt them.</source>
        <translation>各商品出现的比例与它学习时一样。</translation>
    </message>
    <message>
        <source>The newest photos look different from those before: worth training anew.</source>
        <translation>最新的照片与以前的看起来不同：值得重新训练。</translation>
    </message>
    <message>
        <source>The newest photos look like those before.</source>
        <translation>最新的照片与以前的看起来一样。</translation>
    </message>
    <message>
        <source>Other products come in than before.</source>
        <translation>来的商品与以前不同了。</translation>
    </message>
    <message>
        <source>The products come in as often as before.</source>
        <translation>各商品出现的比例与以前一样。</translation>
    </message>
    <message>
        <source>The promise of at most %1 wrong is kept.</source>
        <translation>最多错 %1 的承诺得到兑现。</translation>
    </message>
    <message>
        <source>More than %1 are wrong: the promise is broken.</source>
        <translation>错的超过 %1：承诺没有兑现。</translation>
    </message>
    <message>
        <source>Too few yet to be sure of at most %1 wrong: %2 more right ones are needed.</source>
        <translation>要确信最多错 %1 还太少：还需要 %2 个对的。</translation>
    </message>
    <message>
        <source>More than %1 were wrong so far; too few yet to be sure.</source>
        <translation>目前错的超过 %1；数量还太少，不能下结论。</translation>
    </message>
    <message>
        <source>From %1 on: %2 taken by itself · %3 looked at · %4 wrong.</source>
        <translation>把握 %1 起：自动采用 %2 个 · 抽查 %3 个 · 错 %4 个。</translation>
    </message>
</context>
<context>
    <name>goodsight::FilmStrip</name>
    <message>
        <source>Queue of photos</source>
        <translation>照片队列</translation>
    </message>
</context>
<context>
    <name>goodsight::FolderWalkJob</name>
    <message>
        <source>Looking for photos</source>
        <translation>正在查找照片</translation>
    </message>
</context>
<context>
    <name>goodsight::ImageDecoder</name>
    <message>
        <source>“%1” is no longer there.</source>
        <translation>“%1”已经不在原来的位置了。</translation>
    </message>
    <message>
        <source>It may have been moved, renamed or deleted. Choose it again.</source>
        <translation>它可能已被移动、改名或删除，请重新选择。</translation>
    </message>
    <message>
        <source>“%1” is a folder, not a photo.</source>
        <translation>“%1”是文件夹，不是照片。</translation>
    </message>
    <message>
        <source>Open it as a folder to take all photos in it.</source>
        <translation>请用“文件夹”打开，以便读取其中的所有照片。</translation>
    </message>
    <message>
        <source>“%1” is not an ordinary file.</source>
        <translation>“%1”不是普通文件。</translation>
    </message>
    <message>
        <source>Choose a photo file.</source>
        <translation>请选择照片文件。</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2</source>
        <translation>无法读取“%1”：%2</translation>
    </message>
    <message>
        <source>Check that you may read the file and that its disk is connected.</source>
        <translation>请确认您有权读取该文件，并且它所在的磁盘已连接。</translation>
    </message>
    <message>
        <source>“%1” is empty.</source>
        <translation>“%1”是空文件。</translation>
    </message>
    <message>
        <source>It was probably not copied completely. Copy it again from where it came from.</source>
        <translation>它很可能没有复制完整，请从原处重新复制。</translation>
    </message>
    <message>
        <source>Choose a JPEG, PNG, WebP, BMP, GIF, TIFF or HEIC photo.</source>
        <translation>请选择 JPEG、PNG、WebP、BMP、GIF、TIFF 或 HEIC 照片。</translation>
    </message>
    <message>
        <source>“%1” is a kind of %2 picture that cannot be decoded here.</source>
        <translation>“%1”是这里无法解码的 %2 图片。</translation>
    </message>
    <message>
        <source>Save it as JPEG or PNG with another program and try again.</source>
        <translation>请用其他程序另存为 JPEG 或 PNG 后再试。</translation>
    </message>
    <message>
        <source>“%1” is cut short: the end of the picture is missing.</source>
        <translation>“%1”不完整：图片的末尾缺失。</translation>
    </message>
    <message>
        <source>It was probably not copied or downloaded completely. Copy it again from where it came from.</source>
        <translation>它很可能没有复制或下载完整，请从原处重新复制。</translation>
    </message>
    <message>
        <source>“%1” is damaged and cannot be shown.</source>
        <translation>“%1”已损坏，无法显示。</translation>
    </message>
    <message>
        <source>Copy it again from where it came from, or take another photo.</source>
        <translation>请从原处重新复制，或另拍一张。</translation>
    </message>
    <message>
        <source>“%1” is too large: %2 × %3 pixels are %4 megapixels, the limit is %5.</source>
        <translation>“%1”太大：%2 × %3 像素，共 %4 百万像素，上限为 %5。</translation>
    </message>
    <message>
        <source>Save it smaller, or raise the limit in Settings.</source>
        <translation>请把它存小一些，或在设置中提高上限。</translation>
    </message>
    <message>
        <source>There is not enough memory to open “%1”.</source>
        <translation>内存不足，无法打开“%1”。</translation>
    </message>
    <message>
        <source>Close other programs, or save the photo smaller.</source>
        <translation>请关闭其他程序，或把照片存小一些。</translation>
    </message>
    <message>
        <source>“%1” is too large: the file has %2 MB, the limit is %3.</source>
        <translation>“%1”太大：文件有 %2 MB，上限为 %3 MB。</translation>
    </message>
    <message>
        <source>“%1” is not a picture.</source>
        <translation>“%1”不是图片。</translation>
    </message>
</context>
<context>
    <name>goodsight::Inference</name>
    <message>
        <source>%1 is no ordinary file.</source>
        <translation>%1 不是普通文件。</translation>
    </message>
    <message>
        <source>%1 is the installed model “%2”.</source>
        <translation>%1 是已安装的模型“%2”。</translation>
    </message>
    <message>
        <source>The engine “%1” does not reproduce the model “%2” on this computer: it is off by %3.</source>
        <translation>引擎“%1”在这台电脑上无法重现模型“%2”的结果：偏差为 %3。</translation>
    </message>
    <message>
        <source>Choose another engine, or install the model again.</source>
        <translation>请选择其他引擎，或重新安装模型。</translation>
    </message>
    <message>
        <source>There is no engine “%1”.</source>
        <translation>没有名为“%1”的引擎。</translation>
    </message>
    <message>
        <source>Engines are auto, torch, onednn-fp32 and onednn-int8.</source>
        <translation>可用的引擎有 auto、torch、onednn-fp32 和 onednn-int8。</translation>
    </message>
    <message>
        <source>Recognising photos</source>
        <translation>正在识别照片</translation>
    </message>
    <message>
        <source>The check values of the model “%1” do not belong to it.</source>
        <translation>模型“%1”的校验值与模型不符。</translation>
    </message>
    <message>
        <source>Install or import the model again.</source>
        <translation>请重新安装或导入该模型。</translation>
    </message>
    <message>
        <source>The model “%1” answers with numbers that are not finite.</source>
        <translation>模型“%1”给出了非有限的数值。</translation>
    </message>
    <message>
        <source>The file is damaged; get it again.</source>
        <translation>文件已损坏，请重新获取。</translation>
    </message>
    <message>
        <source>There is not enough memory for this photo.</source>
        <translation>内存不足，无法处理这张照片。</translation>
    </message>
    <message>
        <source>Close other programs, or use a smaller photo.</source>
        <translation>请关闭其他程序，或换一张较小的照片。</translation>
    </message>
    <message>
        <source>Recognition failed: %1</source>
        <translation>识别失败：%1</translation>
    </message>
    <message>
        <source>Recognition failed for an unknown reason.</source>
        <translation>识别失败，原因不明。</translation>
    </message>
    <message>
        <source>There is no folder “%1”.</source>
        <translation>没有文件夹“%1”。</translation>
    </message>
    <message>
        <source>Check the path; it may have been moved or renamed.</source>
        <translation>请检查路径，它可能已被移动或改名。</translation>
    </message>
    <message>
        <source>The folder “%1” may not be read.</source>
        <translation>没有读取文件夹“%1”的权限。</translation>
    </message>
    <message>
        <source>Ask for the right to read it, or copy it elsewhere.</source>
        <translation>请申请读取权限，或把它复制到别处。</translation>
    </message>
    <message>
        <source>There are no photos in “%1”.</source>
        <translation>“%1”里没有照片。</translation>
    </message>
    <message>
        <source>Photos end in %1.</source>
        <translation>照片的扩展名有 %1。</translation>
    </message>
    <message>
        <source>There is not enough memory for the picture “%1”.</source>
        <translation>内存不足，无法处理图片“%1”。</translation>
    </message>
    <message>
        <source>There is no picture in what was given.</source>
        <translation>给出的内容里没有图片。</translation>
    </message>
    <message>
        <source>Choose a photo, or copy a picture again.</source>
        <translation>请选择一张照片，或重新复制图片。</translation>
    </message>
    <message>
        <source>The engine “%1” gave an answer that makes no sense.</source>
        <translation>引擎“%1”给出了无意义的结果。</translation>
    </message>
    <message>
        <source>The model “%1” has a temperature of %2, which cannot be used.</source>
        <translation>模型“%1”的温度为 %2，无法使用。</translation>
    </message>
    <message>
        <source>The model “%1” cannot be run: %2</source>
        <translation>无法运行模型“%1”：%2</translation>
    </message>
    <message>
        <source>Goodsight runs ResNet-18; choose or import another model.</source>
        <translation>识品运行的是 ResNet-18；请选择或导入其他模型。</translation>
    </message>
    <message>
        <source>the tensor %1 is missing.</source>
        <translation>缺少张量 %1。</translation>
    </message>
    <message>
        <source>the tensor %1 is %2 where %3 is needed.</source>
        <translation>张量 %1 的形状是 %2，应为 %3。</translation>
    </message>
    <message>
        <source>its architecture is “%1”.</source>
        <translation>它的结构是“%1”。</translation>
    </message>
    <message>
        <source>it wants pictures of %1 pixels where %2 are given.</source>
        <translation>它需要 %1 像素的图片，而这里给出的是 %2 像素。</translation>
    </message>
    <message>
        <source>it has no classes.</source>
        <translation>它没有任何类别。</translation>
    </message>
    <message>
        <source>LibTorch could not be loaded: %1</source>
        <translation>无法加载 LibTorch：%1</translation>
    </message>
    <message>
        <source>Install Goodsight again, or choose another engine.</source>
        <translation>请重新安装识品，或选择其他引擎。</translation>
    </message>
    <message>
        <source>%1 belongs to another version of Goodsight.</source>
        <translation>%1 属于另一个版本的识品。</translation>
    </message>
    <message>
        <source>%1 is not in %2.</source>
        <translation>%1 不在 %2 中。</translation>
    </message>
    <message>
        <source>There is not enough memory to run the model.</source>
        <translation>内存不足，无法运行模型。</translation>
    </message>
    <message>
        <source>Close other programs, or recognise fewer photos at once.</source>
        <translation>请关闭其他程序，或一次少识别几张照片。</translation>
    </message>
    <message>
        <source>LibTorch failed: %1</source>
        <translation>LibTorch 出错：%1</translation>
    </message>
    <message>
        <source>A batch of %1 pictures came with %2 numbers.</source>
        <translation>一批 %1 张图片附带了 %2 个数值。</translation>
    </message>
    <message>
        <source>oneDNN failed: %1</source>
        <translation>oneDNN 运行失败：%1</translation>
    </message>
    <message>
        <source>The model “%1” has no scales for 8-bit numbers.</source>
        <translation>模型“%1”没有 8 位整数所需的缩放系数。</translation>
    </message>
    <message>
        <source>Make them with “goodsight-cli model quantize”, or choose another engine.</source>
        <translation>请用“goodsight-cli model quantize”生成，或选择其他引擎。</translation>
    </message>
    <message>
        <source>There are too few photos to find 8-bit scales with.</source>
        <translation>照片太少，无法确定 8 位缩放系数。</translation>
    </message>
    <message>
        <source>Choose a folder with at least ten photos of the products; 200 or more are better.</source>
        <translation>请选择至少有十张商品照片的文件夹；200 张以上更好。</translation>
    </message>
    <message>
        <source>In 8 bits the model “%1” is not good enough: it agrees with float32 on %2 % of the photos (97 % are asked), on %3 % of the clear ones (99 %), and loses %4 points of accuracy (0.3).</source>
        <translation>模型“%1”用 8 位整数时不够好：与 float32 一致的照片占 %2%（要求 97%），其中答案明确的占 %3%（要求 99%），准确率下降 %4 个百分点（上限 0.3）。</translation>
    </message>
    <message>
        <source>Use it in float32, or calibrate with more photos of its own products.</source>
        <translation>请改用 float32，或用更多它自己的商品照片重新校准。</translation>
    </message>
    <message>
        <source>it is not a whole ONNX file</source>
        <translation>它不是完整的 ONNX 文件</translation>
    </message>
    <message>
        <source>its graph is not a ResNet-18&apos;s at “%1”</source>
        <translation>它的计算图在“%1”处与 ResNet-18 不同</translation>
    </message>
    <message>
        <source>%1 is a folder.</source>
        <translation>%1 是文件夹。</translation>
    </message>
    <message>
        <source>Give the file a name of its own.</source>
        <translation>请为文件另取一个名称。</translation>
    </message>
    <message>
        <source>%1 is the model itself.</source>
        <translation>%1 就是该模型本身。</translation>
    </message>
    <message>
        <source>Choose another name or another folder.</source>
        <translation>请换一个名称或文件夹。</translation>
    </message>
    <message>
        <source>Exporting %1</source>
        <translation>正在导出 %1</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>Writing %1</source>
        <translation>正在写入 %1</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>正在校验 %1</translation>
    </message>
    <message>
        <source>%1 does not give the answers of its model: it is off by %2.</source>
        <translation>%1 的输出与原模型不一致：相差 %2。</translation>
    </message>
    <message>
        <source>Nothing was kept. Try again, or choose another format.</source>
        <translation>没有保留任何文件。请重试，或选择其他格式。</translation>
    </message>
    <message>
        <source>There is no format “%1”.</source>
        <translation>没有“%1”这种格式。</translation>
    </message>
    <message>
        <source>Formats: %1</source>
        <translation>可用格式：%1</translation>
    </message>
    <message>
        <source>There is no way “%1” of taking views.</source>
        <translation>没有名为“%1”的多视图方式。</translation>
    </message>
    <message>
        <source>Choose off, always or auto.</source>
        <translation>请选择 off、always 或 auto。</translation>
    </message>
    <message>
        <source>There are no photos with labels to measure the temperature on.</source>
        <translation>没有带标签的照片可用来测定温度。</translation>
    </message>
    <message>
        <source>Label some photos, or put some into the part “val”.</source>
        <translation>请标注一些照片，或把一些照片归入“val”部分。</translation>
    </message>
    <message>
        <source>The model&apos;s numbers for the labelled photos make no sense.</source>
        <translation>模型对已标注照片给出的数值没有意义。</translation>
    </message>
    <message>
        <source>%1, line %2: %3.</source>
        <translation>%1，第 %2 行：%3。</translation>
    </message>
    <message>
        <source>The first line is “label_a,label_b,weight”; each other one has two product ids and a number from 0 on.</source>
        <translation>第一行是“label_a,label_b,weight”；其余每行是两个商品编号和一个不小于 0 的数。</translation>
    </message>
    <message>
        <source>the header is another one</source>
        <translation>表头不符</translation>
    </message>
    <message>
        <source>there are not three fields</source>
        <translation>不是三个字段</translation>
    </message>
    <message>
        <source>“%1” is no product id</source>
        <translation>“%1”不是商品编号</translation>
    </message>
    <message>
        <source>“%1” is no number from 0 on</source>
        <translation>“%1”不是不小于 0 的数</translation>
    </message>
    <message>
        <source>the pair was there before</source>
        <translation>这一对之前已经出现</translation>
    </message>
    <message>
        <source>There is no file “%1”.</source>
        <translation>没有文件“%1”。</translation>
    </message>
    <message>
        <source>Check the file&apos;s name.</source>
        <translation>请检查文件名。</translation>
    </message>
    <message>
        <source>“%1” cannot be read: %2.</source>
        <translation>无法读取“%1”：%2。</translation>
    </message>
    <message>
        <source>Check the file and its permissions.</source>
        <translation>请检查该文件及其权限。</translation>
    </message>
    <message>
        <source>often answered together with %1</source>
        <translation>常与%1一起出现</translation>
    </message>
    <message>
        <source>often answered in this store</source>
        <translation>本店常见</translation>
    </message>
    <message>
        <source>The weights cannot be trained: %1 is missing or has another shape.</source>
        <translation>权重无法训练：%1 缺失或形状不同。</translation>
    </message>
</context>
<context>
    <name>goodsight::InstantLearning</name>
    <message>
        <source>The model comes without the photos that it learnt from.</source>
        <translation>这个模型没有附带它学过的照片。</translation>
    </message>
</context>
<context>
    <name>goodsight::Job</name>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1失败：%2</translation>
    </message>
</context>
<context>
    <name>goodsight::LabelCatalog</name>
    <message>
        <source>The merged product &quot;%1&quot; leads to none.</source>
        <translation>合并的商品“%1”没有指向任何商品。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a product id.</source>
        <translation>“%1”不是商品编号。</translation>
    </message>
    <message>
        <source>Use lower-case letters and digits, joined by hyphens.</source>
        <translation>请使用小写字母和数字，用连字符连接。</translation>
    </message>
    <message>
        <source>The product id &quot;%1&quot; is in use.</source>
        <translation>商品编号“%1”已被使用。</translation>
    </message>
    <message>
        <source>Choose another id.</source>
        <translation>请换一个编号。</translation>
    </message>
    <message>
        <source>The product &quot;%1&quot; has no name.</source>
        <translation>商品“%1”没有名称。</translation>
    </message>
    <message>
        <source>Give it a Chinese or an English name.</source>
        <translation>请给它一个中文或英文名称。</translation>
    </message>
    <message>
        <source>A product needs a name.</source>
        <translation>商品需要有名称。</translation>
    </message>
    <message>
        <source>There is a product named &quot;%1&quot; already.</source>
        <translation>已经有名为“%1”的商品。</translation>
    </message>
    <message>
        <source>Choose the product &quot;%1&quot;.</source>
        <translation>请选择商品“%1”。</translation>
    </message>
    <message>
        <source>The product &quot;%1&quot; would have no name.</source>
        <translation>商品“%1”将没有名称。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; and &quot;%2&quot; are one product already.</source>
        <translation>“%1”和“%2”已经是同一个商品。</translation>
    </message>
    <message>
        <source>There is no product &quot;%1&quot;.</source>
        <translation>没有商品“%1”。</translation>
    </message>
    <message>
        <source>Check the product&apos;s id.</source>
        <translation>请检查商品编号。</translation>
    </message>
</context>
<context>
    <name>goodsight::LabelCountsModel</name>
    <message numerus="yes">
        <source>%n photo(s), %1 are better</source>
        <translation>
            <numerusform>%n 张，%1 张更好</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::LabelTable</name>
    <message>
        <source>%1, line %2: %3.</source>
        <translation>%1 第 %2 行：%3。</translation>
    </message>
    <message>
        <source>Each line needs an id of its own (lower-case letters, digits, hyphens) and a name.</source>
        <translation>每一行都需要一个独有的编号（小写字母、数字、连字符）和一个名称。</translation>
    </message>
    <message>
        <source>the table is empty</source>
        <translation>表格是空的</translation>
    </message>
    <message>
        <source>the header has no column &quot;id&quot;</source>
        <translation>表头没有“id”列</translation>
    </message>
    <message>
        <source>the header has neither a column &quot;zh&quot; nor &quot;en&quot;</source>
        <translation>表头既没有“zh”列也没有“en”列</translation>
    </message>
    <message>
        <source>%1 fields where the header has %2</source>
        <translation>有 %1 个字段，而表头有 %2 个</translation>
    </message>
    <message>
        <source>the id is empty</source>
        <translation>编号为空</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not an id</source>
        <translation>“%1”不是编号</translation>
    </message>
    <message>
        <source>the id &quot;%1&quot; stands already in line %2</source>
        <translation>编号“%1”已在第 %2 行出现</translation>
    </message>
    <message>
        <source>&quot;%1&quot; has no name</source>
        <translation>“%1”没有名称</translation>
    </message>
    <message>
        <source>the index is &quot;%1&quot; where %2 follows</source>
        <translation>序号是“%1”，应为 %2</translation>
    </message>
    <message>
        <source>no line follows the header</source>
        <translation>表头之后没有内容</translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation>%1 不存在。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>Check the file and its permissions.</source>
        <translation>请检查该文件及其权限。</translation>
    </message>
</context>
<context>
    <name>goodsight::Learning</name>
    <message>
        <source>the disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Free some space: the training goes on, and it is tried again.</source>
        <translation>请腾出一些空间：训练在继续，稍后会再试。</translation>
    </message>
    <message>
        <source>What was kept of this training cannot be used: it begins anew.</source>
        <translation>这次训练保存的状态不能用：从头开始。</translation>
    </message>
    <message>
        <source>%1 is not a JSON object.</source>
        <translation>%1 不是一个 JSON 对象。</translation>
    </message>
    <message>
        <source>is one that no stage&apos;s loss asks</source>
        <translation>没有任何阶段的损失用到它</translation>
    </message>
    <message>
        <source>The training in %1 is under way already.</source>
        <translation>%1 里的训练已经在进行。</translation>
    </message>
    <message>
        <source>Wait for it, or stop it first.</source>
        <translation>请等它结束，或先停止它。</translation>
    </message>
    <message>
        <source>There is a model “%1” by now: this one is “%2”.</source>
        <translation>已经有了名为“%1”的模型：这一个叫“%2”。</translation>
    </message>
    <message>
        <source>The project %1 has no photo with a label.</source>
        <translation>项目 %1 中没有带标签的照片。</translation>
    </message>
    <message>
        <source>No labelled photo of the project %1 is where it should be.</source>
        <translation>项目 %1 中带标签的照片都不在原处。</translation>
    </message>
    <message>
        <source>Label some photos, or import a folder with a folder for each product.</source>
        <translation>请先给一些照片加上标签，或导入按商品分文件夹的照片。</translation>
    </message>
    <message>
        <source>%1 labels came with %2 numbers.</source>
        <translation>标签有 %1 个，数值却有 %2 个。</translation>
    </message>
    <message>
        <source>The embedding of photo %1 holds a number that is not finite.</source>
        <translation>第 %1 张照片的特征向量里有非有限的数值。</translation>
    </message>
    <message>
        <source>Check the model, then recognise the photos again.</source>
        <translation>请检查模型，然后重新识别这些照片。</translation>
    </message>
    <message>
        <source>A photo has label %1, but there are only %2 products.</source>
        <translation>有照片的标签是 %1，但商品只有 %2 种。</translation>
    </message>
    <message>
        <source>Only one product has photos; there is nothing to tell apart.</source>
        <translation>只有一种商品有照片，没有可以区分的对象。</translation>
    </message>
    <message>
        <source>Add photos of at least one more product.</source>
        <translation>请至少再添加一种商品的照片。</translation>
    </message>
    <message>
        <source>There is not enough memory to learn from so many photos.</source>
        <translation>内存不足，无法从这么多照片中学习。</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>请关闭其他程序后重试。</translation>
    </message>
    <message>
        <source>The embedding of this photo cannot be used.</source>
        <translation>这张照片的特征向量无法使用。</translation>
    </message>
    <message>
        <source>“%1” does not hold what tells unknown products.</source>
        <translation>“%1”中没有识别未知商品所需的内容。</translation>
    </message>
    <message>
        <source>Let Goodsight make it again from the project&apos;s photos.</source>
        <translation>请让识品用项目中的照片重新生成。</translation>
    </message>
    <message>
        <source>The photos&apos; embeddings do not fit their labels.</source>
        <translation>照片的特征与标签不一致。</translation>
    </message>
    <message>
        <source>Let Goodsight compute the embeddings again.</source>
        <translation>请让识品重新计算特征。</translation>
    </message>
    <message>
        <source>There are too few photos to tell unknown products by.</source>
        <translation>照片太少，无法判断未知商品。</translation>
    </message>
    <message>
        <source>Four products are needed, each with photos to learn from and some to measure on.</source>
        <translation>至少需要四种商品，每种都要有用于学习的照片，并有一些用于衡量的照片。</translation>
    </message>
    <message>
        <source>“%1” was made by a newer Goodsight.</source>
        <translation>“%1”由更新版本的识品生成。</translation>
    </message>
    <message>
        <source>Install the newest version.</source>
        <translation>请安装最新版本。</translation>
    </message>
    <message>
        <source>“%1” does not hold the embeddings of a model&apos;s photos.</source>
        <translation>“%1”中没有模型照片的特征向量。</translation>
    </message>
    <message>
        <source>Make it again: goodsight-cli model embed NAME --photos FOLDER</source>
        <translation>请重新生成：goodsight-cli model embed NAME --photos FOLDER</translation>
    </message>
    <message>
        <source>“%1” belongs to another model.</source>
        <translation>“%1”属于另一个模型。</translation>
    </message>
    <message>
        <source>The model “%1” does not say what its answers are made from.</source>
        <translation>模型“%1”没有说明其特征来源。</translation>
    </message>
    <message numerus="yes">
        <source>taught by %n photo(s)</source>
        <translation>
            <numerusform>由 %n 张照片教会</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 cannot be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>The state of the training cannot be kept in %1: %2.</source>
        <translation>无法在 %1 中保存训练进度：%2。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to.</source>
        <translation>文件夹 %1 不可写入。</translation>
    </message>
    <message>
        <source>%1 has a label that is not in the list of classes.</source>
        <translation>%1 的标签不在类别列表中。</translation>
    </message>
    <message>
        <source>There are no labelled photos to train on.</source>
        <translation>没有可用于训练的已标注照片。</translation>
    </message>
    <message>
        <source>Label some photos first.</source>
        <translation>请先标注一些照片。</translation>
    </message>
    <message>
        <source>All photos to train on are of one product: there is nothing to tell apart.</source>
        <translation>用于训练的照片都是同一种商品，没有可区分的内容。</translation>
    </message>
    <message>
        <source>Label photos of at least two products.</source>
        <translation>请至少标注两种商品的照片。</translation>
    </message>
    <message>
        <source>Preparing the photos</source>
        <translation>正在准备照片</translation>
    </message>
    <message>
        <source>The plan needs a teacher&apos;s answers.</source>
        <translation>该训练计划需要教师模型的输出。</translation>
    </message>
    <message>
        <source>The teacher does not know the product “%1”.</source>
        <translation>教师模型不认识商品“%1”。</translation>
    </message>
    <message>
        <source>The teacher&apos;s answers lack a part that the plan needs.</source>
        <translation>教师模型的输出缺少训练计划所需的部分。</translation>
    </message>
    <message>
        <source>The teacher has no answer for view %1 of %2.</source>
        <translation>教师模型没有给出 %2 的第 %1 个视图的输出。</translation>
    </message>
    <message>
        <source>Write the views of this plan again, and let it answer.</source>
        <translation>请重新导出该计划的视图，再让教师模型给出输出。</translation>
    </message>
    <message>
        <source>None of the photos to train on can be read.</source>
        <translation>用于训练的照片全都无法读取。</translation>
    </message>
    <message>
        <source>Training broke off: in stage %1, epoch %2, the loss is not a number any more.</source>
        <translation>训练已中止：在第 %1 阶段第 %2 轮，损失不再是有效数字。</translation>
    </message>
    <message>
        <source>Lower the learning rate of this stage.</source>
        <translation>请降低该阶段的学习率。</translation>
    </message>
    <message>
        <source>Stage %1 of %2, epoch %3 of %4</source>
        <translation>第 %1 阶段（共 %2），第 %3 轮（共 %4）</translation>
    </message>
    <message>
        <source>The kept state of the training does not fit its plan.</source>
        <translation>保存的训练进度与其计划不符。</translation>
    </message>
    <message>
        <source>Start the training again.</source>
        <translation>请重新开始训练。</translation>
    </message>
    <message>
        <source>Training broke off: a weight is not a number any more.</source>
        <translation>训练已中止：有权重不再是有效数字。</translation>
    </message>
    <message>
        <source>Lower the learning rate.</source>
        <translation>请降低学习率。</translation>
    </message>
    <message>
        <source>Training cannot start from %1: %2 is missing or has another shape.</source>
        <translation>无法从 %1 开始训练：%2 缺失或形状不同。</translation>
    </message>
    <message>
        <source>Start from a ResNet-18.</source>
        <translation>请从一个 ResNet-18 模型开始。</translation>
    </message>
    <message>
        <source>The teacher&apos;s answers %1 cannot be used: %2.</source>
        <translation>教师模型的输出 %1 不可用：%2。</translation>
    </message>
    <message>
        <source>Write them again for the views of this plan.</source>
        <translation>请针对该计划的视图重新生成。</translation>
    </message>
    <message>
        <source>%1 does not have a row for each view</source>
        <translation>%1 并非每个视图都有一行</translation>
    </message>
    <message>
        <source>%1 holds numbers that are not finite</source>
        <translation>%1 含有非有限的数值</translation>
    </message>
    <message>
        <source>its lists of views and classes do not fit its numbers</source>
        <translation>其视图和类别列表与数值不符</translation>
    </message>
    <message>
        <source>its ImageNet answers are not for 1000 classes</source>
        <translation>其 ImageNet 输出不是 1000 个类别</translation>
    </message>
    <message>
        <source>The training plan cannot be used: “%1” %2.</source>
        <translation>训练计划不可用：“%1”%2。</translation>
    </message>
    <message>
        <source>Correct the plan, or use a preset.</source>
        <translation>请改正计划，或使用预设。</translation>
    </message>
    <message>
        <source>must be from %1 to %2</source>
        <translation>必须在 %1 到 %2 之间</translation>
    </message>
    <message>
        <source>must be a number</source>
        <translation>必须是数字</translation>
    </message>
    <message>
        <source>must be a whole number</source>
        <translation>必须是整数</translation>
    </message>
    <message>
        <source>must be true or false</source>
        <translation>必须是 true 或 false</translation>
    </message>
    <message>
        <source>must be a text</source>
        <translation>必须是文本</translation>
    </message>
    <message>
        <source>must be one of: %1</source>
        <translation>必须是以下之一：%1</translation>
    </message>
    <message>
        <source>must be a list</source>
        <translation>必须是列表</translation>
    </message>
    <message>
        <source>is not known</source>
        <translation>是未知字段</translation>
    </message>
    <message>
        <source>must be an object</source>
        <translation>必须是对象</translation>
    </message>
    <message>
        <source>There is no preset “%1”.</source>
        <translation>没有预设“%1”。</translation>
    </message>
    <message>
        <source>Presets are: %1.</source>
        <translation>可用预设：%1。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>%1 is not a JSON object: %2.</source>
        <translation>%1 不是 JSON 对象：%2。</translation>
    </message>
    <message>
        <source>needs at least one stage</source>
        <translation>至少需要一个阶段</translation>
    </message>
    <message>
        <source>must be a multiple of 32</source>
        <translation>必须是 32 的倍数</translation>
    </message>
    <message>
        <source>must not be above scale_max</source>
        <translation>不得大于 scale_max</translation>
    </message>
    <message>
        <source>has no part left</source>
        <translation>没有任何组成部分</translation>
    </message>
    <message>
        <source>must not be above views_per_photo</source>
        <translation>不得大于 views_per_photo</translation>
    </message>
    <message>
        <source>needs a teacher</source>
        <translation>需要教师模型</translation>
    </message>
    <message>
        <source>fits fc alone, once, to the labels of the kept views</source>
        <translation>只能拟合 fc，且只拟合一次，目标是所留视图的标签</translation>
    </message>
    <message>
        <source>cannot be: a teacher answers for the kept views only</source>
        <translation>不可用：教师模型只对保留的视图给出输出</translation>
    </message>
    <message>
        <source>No photo to train on is labelled “%1”.</source>
        <translation>没有标注为“%1”的训练照片。</translation>
    </message>
    <message>
        <source>Training %1</source>
        <translation>正在训练 %1</translation>
    </message>
    <message>
        <source>Reading the model to start from</source>
        <translation>正在读取起始模型</translation>
    </message>
    <message>
        <source>Checking the trained model</source>
        <translation>正在检查训练好的模型</translation>
    </message>
    <message>
        <source>There is no training run in %1.</source>
        <translation>%1 中没有训练任务。</translation>
    </message>
    <message>
        <source>The training run in %1 is damaged.</source>
        <translation>%1 中的训练任务已损坏。</translation>
    </message>
    <message>
        <source>The model has no file of what it learnt from, and without it would forget its products.</source>
        <translation>该模型没有其训练照片的特征文件；缺了它，重新拟合会让模型忘记原有商品。</translation>
    </message>
    <message>
        <source>Make it: goodsight-cli model embed NAME --photos FOLDER</source>
        <translation>用命令生成：goodsight-cli model embed NAME --photos FOLDER</translation>
    </message>
    <message>
        <source>The file of what the model learnt from has no photo of “%1”, which would be forgotten.</source>
        <translation>模型的特征文件里没有“%1”的照片，重新拟合会忘记该商品。</translation>
    </message>
    <message>
        <source>The file of what the model learnt from has no photo that was held out, so that nothing could tell whether it forgets.</source>
        <translation>模型的特征文件里没有留出的照片，无法判断重新拟合是否会遗忘。</translation>
    </message>
    <message numerus="yes">
        <source>No product has %n photo(s) yet.</source>
        <translation>
            <numerusform>还没有商品达到 %n 张照片。</numerusform>
        </translation>
    </message>
    <message>
        <source>It is tried again after more answers.</source>
        <translation>有更多回答后会再试。</translation>
    </message>
    <message>
        <source>It would be right on %1 of the model&apos;s held-out photos instead of %2.</source>
        <translation>它在模型的留出照片上只能答对 %1，而现在是 %2。</translation>
    </message>
    <message numerus="yes">
        <source>learnt from %n answer(s)</source>
        <translation>
            <numerusform>从 %n 次回答中学到</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no photo of the model&apos;s products.</source>
        <translation>没有该模型商品的照片。</translation>
    </message>
</context>
<context>
    <name>goodsight::Main</name>
    <message>
        <source>Photos and folders to recognise.</source>
        <translation>要识别的照片和文件夹。</translation>
    </message>
    <message>
        <source>[photos…]</source>
        <translation>[照片…]</translation>
    </message>
</context>
<context>
    <name>goodsight::MainWindow</name>
    <message>
        <source>Recognise</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>正在加载模型…</translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n thread(s)</source>
        <translation>
            <numerusform>%1 · %n 线程</numerusform>
        </translation>
    </message>
    <message>
        <source>decoding %1 ms · recognition %2 ms</source>
        <translation>解码 %1 ms · 识别 %2 ms</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>all saved</source>
        <translation>已全部保存</translation>
    </message>
    <message>
        <source>read only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>not open</source>
        <translation>未打开</translation>
    </message>
    <message>
        <source>opening …</source>
        <translation>正在打开…</translation>
    </message>
    <message>
        <source>Open read-only</source>
        <translation>以只读方式打开</translation>
    </message>
    <message>
        <source>This project is open for reading only.</source>
        <translation>此项目以只读方式打开。</translation>
    </message>
    <message>
        <source>Photos are recognised, answers are not saved.</source>
        <translation>可以识别照片，但不会保存答案。</translation>
    </message>
    <message>
        <source>Goodsight</source>
        <translation>识品 Goodsight</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Evaluation</source>
        <translation>评估</translation>
    </message>
    <message numerus="yes">
        <source>%n taken by itself</source>
        <translation>
            <numerusform>自动采用 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>more views for %1 of %n photo(s)</source>
        <translation>
            <numerusform>多视角 %1 / %n 张</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::MapPanel</name>
    <message>
        <source>There is no map of these photos: it takes at least ten.</source>
        <translation>这些照片没有地图：至少需要十张。</translation>
    </message>
    <message>
        <source>%1 of %2 photos, evenly chosen</source>
        <translation>均匀选取的 %1 张照片（共 %2 张）</translation>
    </message>
    <message>
        <source>Map of the photos</source>
        <translation>照片地图</translation>
    </message>
    <message>
        <source>Alike photos lie close together. Point at a dot to see the photo; click it to mark its product · Ctrl + wheel or + − zoom, 0 shows all, arrows move</source>
        <translation>相似的照片靠在一起。指着圆点看照片，点击标出其商品 · Ctrl + 滚轮或 + − 缩放，0 显示全部，方向键移动</translation>
    </message>
    <message>
        <source>Have the photos changed lately?</source>
        <translation>最近的照片有变化吗？</translation>
    </message>
    <message>
        <source>Unmark all</source>
        <translation>取消标出</translation>
    </message>
</context>
<context>
    <name>goodsight::MixUpList</name>
    <message>
        <source>Nothing was mixed up.</source>
        <translation>没有认错的。</translation>
    </message>
</context>
<context>
    <name>goodsight::Model</name>
    <message>
        <source>There is no file %1.</source>
        <translation>没有文件 %1。</translation>
    </message>
    <message>
        <source>Check the path.</source>
        <translation>请检查路径。</translation>
    </message>
    <message>
        <source>%1 is a folder, not a model file.</source>
        <translation>%1 是文件夹，不是模型文件。</translation>
    </message>
    <message>
        <source>Choose the .safetensors or .pth file itself.</source>
        <translation>请选择 .safetensors 或 .pth 文件本身。</translation>
    </message>
    <message>
        <source>%1 could not be read: %2.</source>
        <translation>无法读取 %1：%2。</translation>
    </message>
    <message>
        <source>Check that you may read the file and that its drive is there.</source>
        <translation>请确认您有权读取该文件，并且它所在的磁盘已连接。</translation>
    </message>
    <message>
        <source>%1 is cut off: the file ends too early.</source>
        <translation>%1 不完整：文件提前结束。</translation>
    </message>
    <message>
        <source>Copy or download the file again.</source>
        <translation>请重新复制或下载该文件。</translation>
    </message>
    <message>
        <source>%1 is not a usable model: %2.</source>
        <translation>%1 不是可用的模型：%2。</translation>
    </message>
    <message>
        <source>Copy or download the file again, or use another model.</source>
        <translation>请重新复制或下载该文件，或使用其他模型。</translation>
    </message>
    <message>
        <source>%1 is not a ResNet-18: %2.</source>
        <translation>%1 不是 ResNet-18：%2。</translation>
    </message>
    <message>
        <source>Goodsight runs ResNet-18 only; choose a file of that network.</source>
        <translation>识品只运行 ResNet-18，请选择该网络的文件。</translation>
    </message>
    <message>
        <source>%1 could not be written: the disk is full.</source>
        <translation>无法写入 %1：磁盘已满。</translation>
    </message>
    <message>
        <source>Make room and try again.</source>
        <translation>请腾出空间后重试。</translation>
    </message>
    <message>
        <source>%1 could not be written: %2.</source>
        <translation>无法写入 %1：%2。</translation>
    </message>
    <message>
        <source>Check that you may write to %1.</source>
        <translation>请确认您有权写入 %1。</translation>
    </message>
    <message>
        <source>its manifest has no sensible “%1”</source>
        <translation>它的清单中没有有效的“%1”</translation>
    </message>
    <message>
        <source>%1 was made by a newer version of Goodsight (format %2).</source>
        <translation>%1 是由更新版本的识品创建的（格式 %2）。</translation>
    </message>
    <message>
        <source>Update Goodsight to use this model.</source>
        <translation>请升级识品后再使用此模型。</translation>
    </message>
    <message>
        <source>its architecture is called “%1”</source>
        <translation>它的结构名为“%1”</translation>
    </message>
    <message>
        <source>two classes have the id “%1”</source>
        <translation>有两个类别的编号都是“%1”</translation>
    </message>
    <message>
        <source>its manifest is not JSON</source>
        <translation>它的清单不是 JSON</translation>
    </message>
    <message>
        <source>it has no Goodsight manifest</source>
        <translation>它没有识品清单</translation>
    </message>
    <message>
        <source>A file of plain weights has to be imported first.</source>
        <translation>纯权重文件需要先导入。</translation>
    </message>
    <message>
        <source>its batch norm is not folded</source>
        <translation>它的批归一化尚未折叠</translation>
    </message>
    <message>
        <source>it names %1 classes but its weights tell %2 apart</source>
        <translation>它列出了 %1 个类别，但权重只区分 %2 个</translation>
    </message>
    <message>
        <source>its weights are not those it was saved with: it is damaged</source>
        <translation>它的权重与保存时不同：文件已损坏</translation>
    </message>
    <message>
        <source>its weights do not fit its list of classes</source>
        <translation>它的权重与类别列表不符</translation>
    </message>
    <message>
        <source>it has no tensor %1, nor any other</source>
        <translation>它没有张量 %1，也没有任何其他张量</translation>
    </message>
    <message>
        <source>it has no tensor %1 (its first is %2)</source>
        <translation>它没有张量 %1（第一个张量是 %2）</translation>
    </message>
    <message>
        <source>%1 is %2 where %3 is expected</source>
        <translation>%1 的形状是 %2，应为 %3</translation>
    </message>
    <message>
        <source>it has a tensor %1 too many</source>
        <translation>它多出了张量 %1</translation>
    </message>
    <message>
        <source>fc.weight tells %1 classes apart</source>
        <translation>fc.weight 区分 %1 个类别</translation>
    </message>
    <message>
        <source>%1 holds numbers that are not finite</source>
        <translation>%1 中含有非有限的数值</translation>
    </message>
    <message>
        <source>its header is not that of a safetensors file</source>
        <translation>它的文件头不是 safetensors 的文件头</translation>
    </message>
    <message>
        <source>the header&apos;s entry %1 makes no sense</source>
        <translation>文件头中的条目 %1 没有意义</translation>
    </message>
    <message>
        <source>its tensors overlap or leave a hole before %1</source>
        <translation>它的张量在 %1 之前有重叠或空缺</translation>
    </message>
    <message>
        <source>it holds bytes after its last tensor</source>
        <translation>最后一个张量之后还有多余的字节</translation>
    </message>
    <message>
        <source>%1 is stored as “%2”, an unknown type</source>
        <translation>%1 以未知类型“%2”存储</translation>
    </message>
    <message>
        <source>it has no tensor %1</source>
        <translation>它没有张量 %1</translation>
    </message>
    <message>
        <source>the shape of %1 is not that of its numbers</source>
        <translation>%1 的形状与数值个数不符</translation>
    </message>
    <message>
        <source>%1 holds the number %2, too large for half precision</source>
        <translation>%1 中的数值 %2 超出了半精度的范围</translation>
    </message>
    <message>
        <source>it is no sensible state_dict (%1)</source>
        <translation>它不是有效的 state_dict（%1）</translation>
    </message>
    <message>
        <source>%1 asks for more than weights, refused: %2. Nothing of it was run.</source>
        <translation>%1 除权重外还要求其他内容，已拒绝：%2。其中没有任何内容被执行。</translation>
    </message>
    <message>
        <source>Use a file that holds only a state_dict, from a source you trust.</source>
        <translation>请使用来源可信、只含 state_dict 的文件。</translation>
    </message>
    <message>
        <source>%1 is in the format of torch.save before PyTorch 1.6.</source>
        <translation>%1 是 PyTorch 1.6 之前的 torch.save 格式。</translation>
    </message>
    <message>
        <source>Load and save it again with a newer PyTorch, or use the current file from torchvision.</source>
        <translation>请用较新的 PyTorch 重新载入并保存，或使用 torchvision 的现行文件。</translation>
    </message>
    <message>
        <source>it is not a file of torch.save</source>
        <translation>它不是 torch.save 的文件</translation>
    </message>
    <message>
        <source>its entry %1 is not a tensor</source>
        <translation>它的条目 %1 不是张量</translation>
    </message>
    <message>
        <source>the numbers of %1 are not there</source>
        <translation>%1 的数值缺失</translation>
    </message>
    <message>
        <source>its zip archive is damaged</source>
        <translation>它的 zip 归档已损坏</translation>
    </message>
    <message>
        <source>%1, line %2: the id “%3” stands there a second time or has no name.</source>
        <translation>%1 第 %2 行：编号“%3”重复出现，或没有名称。</translation>
    </message>
    <message>
        <source>Each line needs an id of its own and a name.</source>
        <translation>每一行都需要唯一的编号和名称。</translation>
    </message>
    <message>
        <source>%1 is too large for a list of labels.</source>
        <translation>%1 太大，不像标签列表。</translation>
    </message>
    <message>
        <source>%1 tells %2 classes apart but does not say what they are called.</source>
        <translation>%1 能区分 %2 个类别，但没有说明它们的名称。</translation>
    </message>
    <message>
        <source>Give a file with their names in order: one name a line, or CSV with id, zh and en (--labels FILE).</source>
        <translation>请提供按顺序列出名称的文件：每行一个名称，或含 id、zh、en 列的 CSV（--labels FILE）。</translation>
    </message>
    <message>
        <source>%1 names %2 classes, but %3 tells %4 apart.</source>
        <translation>%1 列出了 %2 个类别，而 %3 能区分 %4 个。</translation>
    </message>
    <message>
        <source>Use the list of labels that belongs to these weights.</source>
        <translation>请使用与这些权重对应的标签列表。</translation>
    </message>
    <message>
        <source>Check the network and try again: the download goes on where it stopped.</source>
        <translation>请检查网络后重试：下载会从中断处继续。</translation>
    </message>
    <message>
        <source>%1 answered with HTTP status %2.</source>
        <translation>%1 返回了 HTTP 状态 %2。</translation>
    </message>
    <message>
        <source>Try again later, or import the file from a stick.</source>
        <translation>请稍后重试，或从 U 盘导入该文件。</translation>
    </message>
    <message>
        <source>%1 is larger than a model can be.</source>
        <translation>%1 超过了模型可能的大小。</translation>
    </message>
    <message>
        <source>%1 sent more than it announced.</source>
        <translation>%1 发送的数据超过了它声明的大小。</translation>
    </message>
    <message>
        <source>The download took longer than %1 s.</source>
        <translation>下载超过了 %1 秒。</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 没有响应。</translation>
    </message>
    <message>
        <source>No safe connection to %1 is possible: %2.</source>
        <translation>无法与 %1 建立安全连接：%2。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date and certificates, or import the file from a stick.</source>
        <translation>请检查本机的日期和证书，或从 U 盘导入该文件。</translation>
    </message>
    <message>
        <source>The connection to %1 failed: %2.</source>
        <translation>与 %1 的连接失败：%2。</translation>
    </message>
    <message>
        <source>Installing the model “%1”</source>
        <translation>正在安装模型“%1”</translation>
    </message>
    <message>
        <source>%1 is no address to download a model from.</source>
        <translation>%1 不是可以下载模型的地址。</translation>
    </message>
    <message>
        <source>It must begin with https:// and the file&apos;s name must carry its sha256, as in resnet18-f37072fd.pth.</source>
        <translation>地址必须以 https:// 开头，且文件名须带有 sha256，例如 resnet18-f37072fd.pth。</translation>
    </message>
    <message>
        <source>%1 arrived damaged or is not the file it claims to be: its sha256 is %2 where %3 is expected. It was deleted.</source>
        <translation>%1 在传输中损坏，或不是它所声称的文件：其 sha256 为 %2，应为 %3。文件已删除。</translation>
    </message>
    <message>
        <source>Try again; if it happens again, import the file from a source you trust.</source>
        <translation>请重试；若再次出现，请从可信的来源导入该文件。</translation>
    </message>
    <message>
        <source>Reading %1</source>
        <translation>正在读取 %1</translation>
    </message>
    <message>
        <source>%1 is a Goodsight model and names its classes itself.</source>
        <translation>%1 是识品模型，已自带类别名称。</translation>
    </message>
    <message>
        <source>Import it without --labels.</source>
        <translation>请去掉 --labels 再导入。</translation>
    </message>
    <message>
        <source>Converting the weights</source>
        <translation>正在转换权重</translation>
    </message>
    <message>
        <source>Computing the check values</source>
        <translation>正在计算校验值</translation>
    </message>
    <message>
        <source>Installing %1</source>
        <translation>正在安装 %1</translation>
    </message>
    <message>
        <source>Importing %1</source>
        <translation>正在导入 %1</translation>
    </message>
    <message>
        <source>There is no model “%1”.</source>
        <translation>没有名为“%1”的模型。</translation>
    </message>
    <message>
        <source>“goodsight-cli model list” shows the models.</source>
        <translation>用“goodsight-cli model list”可以列出所有模型。</translation>
    </message>
    <message>
        <source>“%1” cannot be the name of a model.</source>
        <translation>“%1”不能用作模型名称。</translation>
    </message>
    <message>
        <source>Use up to %1 letters, digits, hyphens, underscores and dots.</source>
        <translation>请使用不超过 %1 个字母、汉字、数字、连字符、下划线和点。</translation>
    </message>
    <message>
        <source>There is a model “%1” already.</source>
        <translation>已有名为“%1”的模型。</translation>
    </message>
    <message>
        <source>Choose another name (--name NAME), or remove that model first.</source>
        <translation>请换一个名称（--name NAME），或先移除那个模型。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>无法创建文件夹 %1。</translation>
    </message>
    <message>
        <source>Check that you may write there.</source>
        <translation>请确认您在那里有写入权限。</translation>
    </message>
    <message>
        <source>The model “%1” comes with Goodsight and cannot be removed.</source>
        <translation>模型“%1”随识品提供，不能移除。</translation>
    </message>
    <message>
        <source>You may use another model instead.</source>
        <translation>您可以改用其他模型。</translation>
    </message>
    <message>
        <source>The folder %1 cannot be written to.</source>
        <translation>无法写入文件夹 %1。</translation>
    </message>
    <message>
        <source>Another Goodsight is downloading %1 at this moment.</source>
        <translation>另一个识品正在下载 %1。</translation>
    </message>
    <message>
        <source>Wait until it is done.</source>
        <translation>请等它完成。</translation>
    </message>
</context>
<context>
    <name>goodsight::ModelCard</name>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n 种商品</numerusform>
        </translation>
    </message>
    <message>
        <source>first right %1, among three %2</source>
        <extracomment>of photos that it never saw; %1 and %2 are percentages</extracomment>
        <translation>首选正确 %1，前三命中 %2</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>许可证：%1</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>校验</translation>
    </message>
    <message>
        <source>Really remove it</source>
        <translation>确认移除</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>源自 %1</translation>
    </message>
    <message>
        <source>plan %1</source>
        <translation>方案 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message>
        <source>data %1</source>
        <translation>数据 %1</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>种子 %1</translation>
    </message>
    <message>
        <source>Weights: %1</source>
        <translation>权重：%1</translation>
    </message>
    <message>
        <source>Weights of the parent: %1</source>
        <translation>源模型的权重：%1</translation>
    </message>
    <message>
        <source>Training data: %1</source>
        <translation>训练数据：%1</translation>
    </message>
    <message>
        <source>In the shadow</source>
        <translation>影子运行中</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <translation>换回 %1</translation>
    </message>
    <message>
        <source>Put the model into use again that this one replaced.</source>
        <translation>重新使用被它替换的模型。</translation>
    </message>
    <message>
        <source>Comparison…</source>
        <translation>查看对比</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>先对比</translation>
    </message>
    <message>
        <source>Shows where this model and the one in use differ.</source>
        <translation>查看它与正在使用的模型有哪些不同。</translation>
    </message>
    <message>
        <source>Lets it recognise the same photos unseen, beside the model in use, before it may replace that.</source>
        <translation>让它在后台识别同样的照片，与正在使用的模型对比，合格后才能替换。</translation>
    </message>
    <message>
        <source>The model in use replaced it: without it, no click leads back.</source>
        <translation>正在使用的模型替换了它：移除后就不能一键换回。</translation>
    </message>
    <message>
        <source>Compare first</source>
        <translation>先对比</translation>
    </message>
    <message>
        <source>Use anyway</source>
        <translation>仍然使用</translation>
    </message>
</context>
<context>
    <name>goodsight::ModelCheck</name>
    <message>
        <source>The model “%1” has no check values.</source>
        <translation>模型“%1”没有校验值。</translation>
    </message>
    <message>
        <source>Import its weights again to compute them.</source>
        <translation>请重新导入它的权重以计算校验值。</translation>
    </message>
    <message>
        <source>Checking %1</source>
        <translation>正在校验 %1</translation>
    </message>
</context>
<context>
    <name>goodsight::ModelLocator</name>
    <message>
        <source>No model is installed.</source>
        <translation>还没有安装任何模型。</translation>
    </message>
    <message>
        <source>Import one on the Models page.</source>
        <translation>请在“模型”页导入一个。</translation>
    </message>
    <message>
        <source>The shipped model answers instead; choose one on the Models page.</source>
        <translation>暂由自带模型识别；可在“模型”页重新选择。</translation>
    </message>
</context>
<context>
    <name>goodsight::ModelsPage</name>
    <message>
        <source>Choose a model file</source>
        <translation>选择模型文件</translation>
    </message>
    <message>
        <source>Models (%1)</source>
        <translation>模型 (%1)</translation>
    </message>
    <message>
        <source>Choose the table of its products</source>
        <translation>选择它的商品表</translation>
    </message>
    <message>
        <source>Tables (%1)</source>
        <translation>表格 (%1)</translation>
    </message>
    <message>
        <source>%1 gives the answers that it was made with.</source>
        <translation>%1 的输出与制作时一致。</translation>
    </message>
    <message>
        <source>Largest difference %1, allowed %2.</source>
        <translation>最大误差 %1，允许 %2。</translation>
    </message>
    <message>
        <source>%1 is installed.</source>
        <translation>%1 已安装。</translation>
    </message>
    <message>
        <source>“Use” makes it answer.</source>
        <translation>点“使用”即可用它识别。</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>已取消。</translation>
    </message>
    <message>
        <source>The next try goes on where this one stopped.</source>
        <translation>下次会从中断处继续。</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Import from file</source>
        <translation>从文件导入</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>ImageNet, 1000 classes</source>
        <translation>ImageNet 通用模型，1000 类</translation>
    </message>
    <message>
        <source>Animals, vehicles, household things and more, from torchvision (BSD-3-Clause). A download of 47 MB, once; without a network, import the file from a stick.</source>
        <translation>动物、车辆、日用品等，来自 torchvision（BSD-3-Clause）。只需下载一次，47 MB；没有网络时可从 U 盘导入文件。</translation>
    </message>
    <message>
        <source>Install</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>%1 is written and checked.</source>
        <translation>%1 已写入并通过校验。</translation>
    </message>
    <message>
        <source>%1 beside it tells other programs how to use it.</source>
        <translation>旁边的 %1 说明其他程序如何使用它。</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>没有写入任何文件。</translation>
    </message>
    <message>
        <source>Nothing was installed.</source>
        <translation>没有安装任何模型。</translation>
    </message>
    <message>
        <source>%1 runs in the shadow now.</source>
        <translation>“%1”已开始影子运行。</translation>
    </message>
    <message>
        <source>It recognises every photo after the model in use, unseen. “Comparison” shows where the two differ. Sure answers are not taken without you meanwhile.</source>
        <translation>每张照片都会由它在后台再识别一次，不影响使用。“查看对比”显示两者的不同。期间不会自动采用有把握的答案。</translation>
    </message>
</context>
<context>
    <name>goodsight::OrdinaryFile</name>
    <message>
        <source>it is not an ordinary file</source>
        <translation>不是普通文件</translation>
    </message>
</context>
<context>
    <name>goodsight::PairedCountsModel</name>
    <message>
        <source>All products</source>
        <translation>全部商品</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Only old</source>
        <translation>仅旧模型</translation>
    </message>
    <message>
        <source>Only new</source>
        <translation>仅新模型</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>perhaps</source>
        <translation>可能</translation>
    </message>
    <message>
        <source>not shown</source>
        <translation>看不出</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Worse?</source>
        <translation>新模型较差？</translation>
    </message>
</context>
<context>
    <name>goodsight::PhotoIntake</name>
    <message>
        <source>Pasted picture</source>
        <translation>粘贴的图片</translation>
    </message>
    <message>
        <source>There is no photo in what was pasted or dropped.</source>
        <translation>粘贴或拖入的内容里没有照片。</translation>
    </message>
    <message>
        <source>Copy a picture or image files, then paste again.</source>
        <translation>请复制图片或图片文件，然后再粘贴。</translation>
    </message>
    <message>
        <source>There are no photos in %1.</source>
        <translation>%1 里没有照片。</translation>
    </message>
    <message>
        <source>JPEG, PNG, WebP, BMP, GIF, TIFF and HEIC files are recognised.</source>
        <translation>可以识别 JPEG、PNG、WebP、BMP、GIF、TIFF 和 HEIC 文件。</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Open photos</source>
        <translation>打开照片</translation>
    </message>
    <message>
        <source>Open a folder of photos</source>
        <translation>打开照片文件夹</translation>
    </message>
    <message>
        <source>The sample pictures are missing from this installation.</source>
        <translation>本次安装缺少示例图片。</translation>
    </message>
</context>
<context>
    <name>goodsight::PhotoView</name>
    <message>
        <source>Photo</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Drop a photo, paste one, or click to choose another</source>
        <translation>拖入、粘贴照片，或点击选择另一张</translation>
    </message>
    <message>
        <source>Drop, paste or click to change</source>
        <translation>拖入照片、粘贴或点击更换</translation>
    </message>
</context>
<context>
    <name>goodsight::PhotosPage</name>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Corrected</source>
        <translation>已纠正</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>已导入</translation>
    </message>
    <message>
        <source>Not labelled</source>
        <translation>未标注</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Search products, file names …</source>
        <translation>搜索商品、文件名…</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新作答</translation>
    </message>
    <message>
        <source>Photos of the project</source>
        <translation>项目中的照片</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>No photos yet.
Every photo that you accept or correct is kept here.</source>
        <translation>还没有照片。
您确认或纠正过的每张照片都会保存在这里。</translation>
    </message>
    <message>
        <source>No photo matches.</source>
        <translation>没有符合条件的照片。</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>自动采用</translation>
    </message>
</context>
<context>
    <name>goodsight::ProjectCommand</name>
    <message>
        <source>%1 is not a Goodsight project.</source>
        <translation>%1 不是识品项目。</translation>
    </message>
    <message>
        <source>Make one with: goodsight-cli project init DIR</source>
        <translation>新建项目：goodsight-cli project init DIR</translation>
    </message>
    <message>
        <source>%1: %2 photos, %3 new, %4 labelled, %5 failed</source>
        <translation>%1：共 %2 张照片，新增 %3 张，带标签 %4 张，失败 %5 张</translation>
    </message>
    <message>
        <source>%1 photos written, %2 were there already, %3 without a label left out, %4 failed</source>
        <translation>写入 %1 张照片，已存在 %2 张，略过 %3 张没有标签的，失败 %4 张</translation>
    </message>
    <message>
        <source>Bundles cannot be made or merged yet.</source>
        <translation>目前还不能打包或合并项目。</translation>
    </message>
</context>
<context>
    <name>goodsight::ProjectSession</name>
    <message>
        <source>Default project</source>
        <translation>默认项目</translation>
    </message>
</context>
<context>
    <name>goodsight::PromotionController</name>
    <message>
        <source>This project is open for reading only; nothing can be compared in it.</source>
        <translation>此项目以只读方式打开，无法进行对比。</translation>
    </message>
    <message>
        <source>No project is open that could keep what the models say.</source>
        <translation>没有打开可以记录对比结果的项目。</translation>
    </message>
    <message>
        <source>Another model is being compared: %1.</source>
        <translation>正在对比另一个模型：%1。</translation>
    </message>
    <message>
        <source>It was compared in this project and not kept. A model is compared once: asking until the answer pleases is no test.</source>
        <translation>它在此项目中对比过，未被采用。每个模型只对比一次：反复比到满意为止就不算检验了。</translation>
    </message>
    <message>
        <source>It has passed its comparison in this project; “Use” makes it answer.</source>
        <translation>它已在此项目中通过对比；点“使用”即可启用。</translation>
    </message>
    <message>
        <source>%1 is not compared now.</source>
        <translation>现在不能对比 %1。</translation>
    </message>
    <message>
        <source>The model %1 is not installed any more.</source>
        <translation>模型 %1 已不在本机。</translation>
    </message>
    <message>
        <source>Install it again, or stop comparing.</source>
        <translation>请重新安装它，或停止对比。</translation>
    </message>
    <message>
        <source>Choose one of those that are on the Models page.</source>
        <translation>请在“模型”页另选一个。</translation>
    </message>
    <message>
        <source>It was compared with the model in use and not kept.</source>
        <translation>它与正在使用的模型对比过，未被采用。</translation>
    </message>
    <message>
        <source>It has not been compared with the model in use yet.</source>
        <translation>它还没有与正在使用的模型对比过。</translation>
    </message>
    <message>
        <source>The model that this one replaced is not installed any more.</source>
        <translation>被替换的模型已不在这台电脑上。</translation>
    </message>
</context>
<context>
    <name>goodsight::RecognitionController</name>
    <message>
        <source>This project is open for reading only; the answer was not saved.</source>
        <translation>此项目以只读方式打开，答案没有保存。</translation>
    </message>
    <message>
        <source>Close the other window, or choose another project in Settings.</source>
        <translation>请关闭另一个窗口，或在设置中选择其他项目。</translation>
    </message>
</context>
<context>
    <name>goodsight::RecognitionPage</name>
    <message>
        <source>less than a minute left</source>
        <translation>剩余不到 1 分钟</translation>
    </message>
    <message numerus="yes">
        <source>about %n minute(s) left</source>
        <translation>
            <numerusform>剩余约 %n 分钟</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已记录：%1</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Taken back: %1</source>
        <translation>已撤销：%1</translation>
    </message>
    <message>
        <source>Looking for photos … %1</source>
        <translation>正在查找照片… %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Recognise</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Clear the rest</source>
        <translation>清空剩余</translation>
    </message>
    <message>
        <source>Recognising …</source>
        <translation>正在识别…</translation>
    </message>
    <message>
        <source>Accept, next photo</source>
        <translation>确认，下一张</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Photo %1 of %2</source>
        <translation>第 %1 / %2 张</translation>
    </message>
    <message>
        <source>All done</source>
        <translation>全部完成</translation>
    </message>
    <message numerus="yes">
        <source>%n to go</source>
        <translation>
            <numerusform>还剩 %n 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The last step changed %n photo(s) at once.</source>
        <translation>
            <numerusform>上一步一次更改了 %n 张照片。</numerusform>
        </translation>
    </message>
    <message>
        <source>Taking it back takes them out of the project; the files that they came from stay.</source>
        <translation>撤销会把这些照片移出项目；原来的文件不受影响。</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Taken by itself: %1</source>
        <translation>自动采用：%1</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>goodsight::ReliabilityChart</name>
    <message>
        <source>How sure the answer was</source>
        <translation>答案的把握</translation>
    </message>
    <message>
        <source>How often it was right</source>
        <translation>实际正确率</translation>
    </message>
</context>
<context>
    <name>goodsight::RetrainingWords</name>
    <message numerus="yes">
        <source>Fitted %1 to %n answer(s): right on %2 of them in cross-validation, and on %3 of the model&apos;s held-out photos (before: %4).</source>
        <translation>
            <numerusform>%1 根据 %n 次回答拟合：交叉验证答对其中 %2，在模型的留出照片上答对 %3（之前 %4）。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Fitted %1 to %n answer(s): right on %2 of the model&apos;s held-out photos (before: %3). Each product was photographed in one go, so that nothing can tell how well it knows other photos of them.</source>
        <translation>
            <numerusform>%1 根据 %n 次回答拟合：在模型的留出照片上答对 %2（之前 %3）。每种商品的照片都是一次拍成的，因此无法得知它对这些商品的其他照片认得如何。</numerusform>
        </translation>
    </message>
    <message>
        <source>Being fitted …</source>
        <translation>正在拟合…</translation>
    </message>
    <message>
        <source>The last fit was not taken: %1 %2</source>
        <translation>上一次拟合未被采用：%1%2</translation>
    </message>
    <message numerus="yes">
        <source>%n more answer(s) until the first fit.</source>
        <translation>
            <numerusform>再有 %n 次回答就进行第一次拟合。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>goodsight::RiskCoverageChart</name>
    <message>
        <source>Accepted without a person</source>
        <translation>不用人看的比例</translation>
    </message>
    <message>
        <source>Wrong among them</source>
        <translation>其中的错误率</translation>
    </message>
</context>
<context>
    <name>goodsight::RunCharts</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Epoch</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>First right</source>
        <translation>前 1</translation>
    </message>
    <message>
        <source>Among three</source>
        <translation>前 3</translation>
    </message>
    <message>
        <source>while training</source>
        <translation>训练时</translation>
    </message>
    <message>
        <source>No photos were kept apart for validation: only what was trained on is drawn.</source>
        <translation>没有留出照片做验证：这里只画了训练用的照片。</translation>
    </message>
    <message>
        <source>Training counts changed views, smoothed labels and a teacher&apos;s part, validation the plain photos: the two need not meet.</source>
        <translation>训练损失含变换的视图、平滑标签和教师部分，验证损失只用原图：两者不必重合。</translation>
    </message>
    <message>
        <source>On the validation photos.</source>
        <translation>在验证照片上。</translation>
    </message>
</context>
<context>
    <name>goodsight::RunCurves</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>First right</source>
        <translation>前 1</translation>
    </message>
    <message>
        <source>Among three</source>
        <translation>前 3</translation>
    </message>
    <message>
        <source>First, training</source>
        <translation>前 1（训练）</translation>
    </message>
    <message>
        <source>Three, training</source>
        <translation>前 3（训练）</translation>
    </message>
    <message>
        <source>%1, three</source>
        <translation>%1，前 3</translation>
    </message>
</context>
<context>
    <name>goodsight::SearchPanel</name>
    <message>
        <source>None of these? Type a name, a code or pinyin initials</source>
        <translation>都不是？直接输入名称、编码或拼音首字母</translation>
    </message>
    <message>
        <source>e.g. qpg</source>
        <translation>例如 qpg → 青苹果</translation>
    </message>
    <message>
        <source>Search all products</source>
        <translation>搜索所有商品</translation>
    </message>
    <message>
        <source>New product</source>
        <translation>新商品</translation>
    </message>
    <message>
        <source>Matching products</source>
        <translation>匹配的商品</translation>
    </message>
    <message>
        <source>Name of the new product</source>
        <translation>新商品的名称</translation>
    </message>
    <message>
        <source>New product “%1”</source>
        <extracomment>%1 is what the person typed</extracomment>
        <translation>新商品“%1”</translation>
    </message>
</context>
<context>
    <name>goodsight::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Recognition</source>
        <translation>识别</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Products always show both names.</source>
        <translation>商品始终同时显示中英文名称。</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Processor threads</source>
        <translation>处理器线程</translation>
    </message>
    <message>
        <source>More is faster while nothing else runs.</source>
        <translation>没有其他程序运行时，越多越快。</translation>
    </message>
    <message>
        <source>Sure from</source>
        <translation>可信阈值</translation>
    </message>
    <message>
        <source>Answers with at least this confidence are shown in green.</source>
        <translation>达到此置信度的答案显示为绿色。</translation>
    </message>
    <message>
        <source>Please check below</source>
        <translation>复核阈值</translation>
    </message>
    <message>
        <source>“Perhaps none of your products” is off: this model comes without the photos that it learnt from.</source>
        <translation>“可能不是您的商品”的提示已停用：这个模型没有附带它学过的照片。</translation>
    </message>
    <message>
        <source>“Perhaps none of your products” is off: it takes four products, each with photos that this model learnt from and some that it did not.</source>
        <translation>“可能不是您的商品”的提示已停用：至少需要四种商品，每种都要有这个模型学过的照片和没学过的照片。</translation>
    </message>
    <message>
        <source>“Perhaps none of your products” is off: %1</source>
        <translation>“可能不是您的商品”的提示已停用：%1</translation>
    </message>
    <message>
        <source>Weaker answers ask for a second look.</source>
        <translation>低于此置信度时提示人工复核。</translation>
    </message>
    <message>
        <source>Largest photo</source>
        <translation>照片大小上限</translation>
    </message>
    <message>
        <source>Larger pictures are refused before they fill the memory.</source>
        <translation>更大的图片会被拒绝，以免占满内存。</translation>
    </message>
    <message>
        <source> MP</source>
        <extracomment>megapixels</extracomment>
        <translation> 百万像素</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Show in file manager</source>
        <translation>在文件管理器中显示</translation>
    </message>
    <message>
        <source>Another project …</source>
        <translation>其他项目…</translation>
    </message>
    <message>
        <source>Default project</source>
        <translation>默认项目</translation>
    </message>
    <message>
        <source>Choose a project folder, or an empty one for a new project</source>
        <translation>选择项目文件夹；选择空文件夹可新建项目</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>引擎</translation>
    </message>
    <message>
        <source>Automatic takes the fastest one that is right on this computer.</source>
        <translation>自动选择在本机上结果正确且最快的引擎。</translation>
    </message>
    <message>
        <source>Learn from answers at once</source>
        <translation>立即从纠正中学习</translation>
    </message>
    <message>
        <source>A product that you named once is among the candidates of the next photo.</source>
        <translation>命名过一次的商品，下一张照片就会出现在候选中。</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>Fit again after answers</source>
        <translation>每隔多少次回答重新拟合</translation>
    </message>
    <message>
        <source>Every so many answers, what tells products apart is fitted anew to what the model knows and to your answers.</source>
        <translation>每积累这么多次回答，就用模型已学的照片和您的回答重新拟合分类层。</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
</context>
<context>
    <name>goodsight::ShadowRun</name>
    <message>
        <source>The model in the shadow, %1, is not installed any more.</source>
        <translation>影子运行的模型 %1 已不在本机。</translation>
    </message>
    <message>
        <source>Install it again, or stop comparing.</source>
        <translation>请重新安装它，或停止对比。</translation>
    </message>
    <message>
        <source>%1 is not the model any more that was put into the shadow.</source>
        <translation>%1 已不是开始对比时的那个模型。</translation>
    </message>
    <message>
        <source>Stop comparing, and put the new one into the shadow.</source>
        <translation>请停止对比，再对比新的那个。</translation>
    </message>
</context>
<context>
    <name>goodsight::SwitchMeasurement</name>
    <message>
        <source>The measurement could not be kept: %1.</source>
        <translation>测量结果未能保存：%1。</translation>
    </message>
    <message>
        <source>It is shown until the program ends.</source>
        <translation>在程序关闭前仍会显示。</translation>
    </message>
</context>
<context>
    <name>goodsight::SwitchMeasurementJob</name>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Loading the model …</source>
        <translation>正在加载模型…</translation>
    </message>
    <message numerus="yes">
        <source>Only %n labelled validation photo(s) of products that the model knows.</source>
        <translation>
            <numerusform>属于模型已知商品的已标注验证照片只有 %n 张。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 are needed. One of seven labelled photos is set aside for measuring.</source>
        <translation>需要 %1 张。每七张已标注照片中会留出一张用于测量。</translation>
    </message>
    <message>
        <source>Looking at photos …</source>
        <translation>正在识别照片…</translation>
    </message>
    <message>
        <source>None of the validation photos could be read.</source>
        <translation>验证照片都无法读取。</translation>
    </message>
    <message>
        <source>Are they where the project has them?</source>
        <translation>它们还在项目记录的位置吗？</translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingEngine</name>
    <message>
        <source>%1 is not where the project has it.</source>
        <translation>%1 已不在项目记录的位置。</translation>
    </message>
    <message>
        <source>Keeping what the model learnt from</source>
        <translation>正在保存模型所学照片的特征</translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingHistoryView</name>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Really remove</source>
        <translation>确定移除</translation>
    </message>
    <message>
        <source>This run was stopped. It can go on where it was; until then it keeps %1 on the disk.</source>
        <translation>这次训练中途停止了，可以从停下的地方继续；在那之前它占用 %1 磁盘空间。</translation>
    </message>
    <message>
        <source>No run is finished yet.
Each one stays here with its figures, so that two can be compared.</source>
        <translation>还没有完成的训练。
每次训练的成绩都会留在这里，可以两两比较。</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Finished runs</source>
        <translation>已结束的训练</translation>
    </message>
    <message>
        <source>Select several runs with Ctrl or Shift to lay their curves over each other.</source>
        <translation>按住 Ctrl 或 Shift 选择多次训练，可以叠加比较曲线。</translation>
    </message>
    <message>
        <source>The newest %1 of the selected runs are drawn.</source>
        <translation>只画出所选训练中最新的 %1 次。</translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingPage</name>
    <message>
        <source>The run is finished: %1 of 100 photos are right at once.</source>
        <translation>训练完成：每 100 张照片有 %1 张一次就对。</translation>
    </message>
    <message>
        <source>The new model “%1” is on the Models page.</source>
        <translation>新模型“%1”在“模型”页。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the run</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>New run</source>
        <translation>新训练</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>The run is finished, but no photos were kept apart to tell how good it is.</source>
        <translation>训练完成，但没有留出照片来检验它有多好。</translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingProgressView</name>
    <message>
        <source>Nothing is being trained.
Start a run, and its curves are drawn here while it learns.</source>
        <translation>现在没有训练。
开始训练后，曲线会在这里边学边画。</translation>
    </message>
    <message>
        <source>Not good enough yet</source>
        <translation>还不够好的商品</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message numerus="yes">
        <source>%n photo(s)</source>
        <translation>
            <numerusform>%n 张照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n 种商品</numerusform>
        </translation>
    </message>
    <message>
        <source>epoch %1 of %2</source>
        <translation>第 %1 / %2 轮</translation>
    </message>
    <message>
        <source>Getting ready …</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>剩余约 %1</translation>
    </message>
    <message numerus="yes">
        <source>only %n photo(s): take more</source>
        <translation>
            <numerusform>只有 %n 张，建议补拍</numerusform>
        </translation>
    </message>
    <message>
        <source>No product was named.</source>
        <translation>没有点名的商品。</translation>
    </message>
    <message>
        <source>The weakest products are named here after the first epoch.</source>
        <translation>第一轮之后，最弱的商品会列在这里。</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) waiting</source>
        <translation>
            <numerusform>%n 次训练在排队</numerusform>
        </translation>
    </message>
    <message>
        <source>Checking the model …</source>
        <translation>正在检查模型 …</translation>
    </message>
    <message>
        <source>nearly done</source>
        <translation>即将完成</translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingRunsModel</name>
    <message>
        <source>On disk</source>
        <translation>占用空间</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始于</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>First right</source>
        <translation>前 1</translation>
    </message>
    <message>
        <source>Among three</source>
        <translation>前 3</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingSetupView</name>
    <message>
        <source>Photos to learn from</source>
        <translation>用来学习的照片</translation>
    </message>
    <message>
        <source>How to train</source>
        <translation>怎么训练</translation>
    </message>
    <message>
        <source>Photos for each product</source>
        <translation>每种商品的照片数</translation>
    </message>
    <message>
        <source>Nothing to learn from yet.
Accept or correct photos on the first page, or import a folder of photos; every answer counts.</source>
        <translation>还没有可学的照片。
在“识别”页确认或纠正照片，或导入一个照片文件夹；每个答案都算数。</translation>
    </message>
    <message>
        <source>Training is not part of this installation.</source>
        <translation>这个安装不含训练功能。</translation>
    </message>
    <message>
        <source>Training needs labelled photos of at least two products.</source>
        <translation>训练至少需要两种商品的已标注照片。</translation>
    </message>
    <message numerus="yes">
        <source>%n labelled photo(s)</source>
        <translation>
            <numerusform>%n 张已标注照片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s)</source>
        <translation>
            <numerusform>%n 种商品</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n product(s) have fewer than %1 photos: they come first.</source>
        <translation>
            <numerusform>%n 种商品不足 %1 张，排在最前。</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>约 %1</translation>
    </message>
    <message>
        <source>The times are those of earlier runs on this computer.</source>
        <translation>用时来自这台电脑以前的训练。</translation>
    </message>
    <message>
        <source>The times are rough until each recipe has run once on this computer.</source>
        <translation>每种方案在这台电脑上训练过一次之前，用时只是粗略估计。</translation>
    </message>
    <message>
        <source>Queue this run</source>
        <translation>排队训练</translation>
    </message>
    <message>
        <source>Start training</source>
        <translation>开始训练</translation>
    </message>
</context>
<context>
    <name>goodsight::TrainingWords</name>
    <message numerus="yes">
        <source>%n photo(s) could not be used.</source>
        <translation>
            <numerusform>有 %n 张照片无法使用。</numerusform>
        </translation>
    </message>
    <message>
        <source>Quick</source>
        <translation>快速训练</translation>
    </message>
    <message>
        <source>Thorough</source>
        <translation>全面训练</translation>
    </message>
    <message>
        <source>Classic</source>
        <translation>经典方案</translation>
    </message>
    <message>
        <source>Learns the last layers from a few views of each photo. Good for every day.</source>
        <translation>每张照片只取几个视角，训练最后几层。适合每天用。</translation>
    </message>
    <message>
        <source>More views and more epochs. Better answers, for the night.</source>
        <translation>更多视角，更多轮次。答案更准，适合夜里跑。</translation>
    </message>
    <message>
        <source>The plain recipe: five epochs, every view anew. For comparing.</source>
        <translation>朴素方案：五轮，每个视角都重新计算。供比较用。</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>排队中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
</context>
<context>
    <name>goodsight::Promotion</name>
    <message numerus="yes">
        <source>The new model is being compared: %n more answered photo(s) are needed.</source>
        <translation>
            <numerusform>新模型正在对比中：还需要 %n 张已确认的照片。</numerusform>
        </translation>
    </message>
    <message>
        <source>The new model is worse: of %1 photos, %2 right only with the old model, %3 only with the new one.</source>
        <translation>新模型较差：%1 张照片中，只有旧模型答对的有 %2 张，只有新模型答对的有 %3 张。</translation>
    </message>
    <message>
        <source>The new model is worse in %4: of %1 photos, %2 right only with the old model, %3 only with the new one.</source>
        <translation>新模型在“%4”上较差：%1 张照片中，只有旧模型答对的有 %2 张，只有新模型答对的有 %3 张。</translation>
    </message>
    <message>
        <source>The new model may be worse in %4: of %1 photos, %2 right only with the old model, %3 only with the new one.</source>
        <translation>新模型在“%4”上可能较差：%1 张照片中，只有旧模型答对的有 %2 张，只有新模型答对的有 %3 张。</translation>
    </message>
    <message>
        <source>The new model is not worse by %4 points or more: of %1 photos, %2 right only with the old model, %3 only with the new one.</source>
        <translation>新模型没有差到 %4 个百分点：%1 张照片中，只有旧模型答对的有 %2 张，只有新模型答对的有 %3 张。</translation>
    </message>
    <message>
        <source>The new model may still be worse by %4 points: of %1 photos, %2 right only with the old model, %3 only with the new one.</source>
        <translation>还不能排除新模型差 %4 个百分点或更多：%1 张照片中，只有旧模型答对的有 %2 张，只有新模型答对的有 %3 张。</translation>
    </message>
</context>
</TS>
