#include "core/labels/PinyinTable.h"

namespace goodsight::pinyin {

namespace {

constexpr CharacterReadings kCharacters[] = {
    {u'阿', "a e"},         {u'扒', "ba pa"},         {u'柏', "bai bo"},      {u'蚌', "bang beng"},
    {u'薄', "bo bao"},      {u'便', "bian pian"},     {u'卜', "bo bu"},       {u'藏', "zang cang"},
    {u'查', "cha zha"},     {u'差', "cha chai ci"},   {u'长', "chang zhang"}, {u'车', "che ju"},
    {u'称', "cheng chen"},  {u'澄', "cheng deng"},    {u'匙', "chi shi"},     {u'豉', "chi shi"},
    {u'重', "zhong chong"}, {u'臭', "chou xiu"},      {u'传', "chuan zhuan"}, {u'大', "da dai"},
    {u'单', "dan shan"},    {u'弹', "dan tan"},       {u'得', "de dei"},      {u'地', "di de"},
    {u'调', "tiao diao"},   {u'都', "dou du"},        {u'番', "fan pan"},     {u'佛', "fo fu"},
    {u'脯', "fu pu"},       {u'蛤', "ge ha"},         {u'给', "gei ji"},      {u'谷', "gu yu"},
    {u'贾', "jia gu"},      {u'莞', "guan wan"},      {u'龟', "gui jun"},     {u'虾', "xia ha"},
    {u'行', "xing hang"},   {u'巷', "xiang hang"},    {u'和', "he huo"},      {u'核', "he hu"},
    {u'还', "huan hai"},    {u'会', "hui kuai"},      {u'系', "xi ji"},       {u'荠', "ji qi"},
    {u'夹', "jia ga"},      {u'解', "jie xie"},       {u'芥', "jie gai"},     {u'桔', "ju jie"},
    {u'降', "jiang xiang"}, {u'角', "jiao jue"},      {u'颈', "jing geng"},   {u'咖', "ka ga"},
    {u'卡', "ka qia"},      {u'咳', "ke hai"},        {u'壳', "ke qiao"},     {u'乐', "le yue"},
    {u'肋', "lei le"},      {u'棱', "leng ling"},     {u'六', "liu lu"},      {u'露', "lu lou"},
    {u'绿', "lv lu"},       {u'率', "lv shuai"},      {u'络', "luo lao"},     {u'落', "luo la lao"},
    {u'烙', "lao luo"},     {u'蔓', "man wan"},       {u'秘', "mi bi"},       {u'模', "mo mu"},
    {u'抹', "mo ma"},       {u'粘', "nian zhan"},     {u'尿', "niao sui"},    {u'泊', "bo po"},
    {u'朴', "pu piao"},     {u'奇', "qi ji"},         {u'茜', "qian xi"},     {u'荨', "xun qian"},
    {u'强', "qiang jiang"}, {u'茄', "qie jia"},       {u'圈', "quan juan"},   {u'葚', "shen ren"},
    {u'色', "se shai"},     {u'莎', "sha suo"},       {u'厦', "xia sha"},     {u'杉', "shan sha"},
    {u'栅', "zha shan"},    {u'刹', "sha cha"},       {u'杓', "shao biao"},   {u'参', "shen can cen"},
    {u'盛', "sheng cheng"}, {u'省', "sheng xing"},    {u'什', "shi shen"},    {u'石', "shi dan"},
    {u'似', "si shi"},      {u'熟', "shu shou"},      {u'宿', "su xiu"},      {u'沓', "ta da"},
    {u'提', "ti di"},       {u'囤', "tun dun"},       {u'拓', "tuo ta"},      {u'尾', "wei yi"},
    {u'削', "xiao xue"},    {u'校', "xiao jiao"},     {u'血', "xue xie"},     {u'鳽', "jian yan"},
    {u'艾', "ai yi"},       {u'轧', "zha ga ya"},     {u'仔', "zai zi"},      {u'择', "ze zhai"},
    {u'折', "zhe she"},     {u'着', "zhe zhuo zhao"}, {u'朝', "chao zhao"},   {u'万', "wan mo"},
    {u'臂', "bi bei"},      {u'了', "le liao"},       {u'呢', "ni ne"},       {u'塞', "sai se"},
    {u'氏', "shi zhi"},     {u'属', "shu zhu"},       {u'炮', "pao bao"},
};

constexpr WordReadings kWords[] = {
    {u"重庆", "chong qing"},   {u"重阳", "chong yang"},  {u"双重", "shuang chong"},
    {u"音乐", "yin yue"},      {u"乐器", "yue qi"},      {u"蛤蟆", "ha ma"},
    {u"参差", "cen ci"},       {u"参观", "can guan"},    {u"咖喱", "ga li"},
    {u"雪茄", "xue jia"},      {u"荸荠", "bi qi"},       {u"薄饼", "bao bing"},
    {u"薄脆", "bao cui"},      {u"薄片", "bao pian"},    {u"胸脯", "xiong pu"},
    {u"血豆腐", "xie dou fu"}, {u"鸭血", "ya xie"},      {u"猪血", "zhu xie"},
    {u"便宜", "pian yi"},      {u"阿胶", "e jiao"},      {u"牛轧糖", "niu ga tang"},
    {u"什么", "shen me"},      {u"扒鸡", "pa ji"},       {u"储藏", "chu cang"},
    {u"收藏", "shou cang"},    {u"珍藏", "zhen cang"},   {u"窖藏", "jiao cang"},
    {u"冷藏", "leng cang"},    {u"生长", "sheng zhang"}, {u"成长", "cheng zhang"},
    {u"藤蔓", "teng wan"},     {u"秘鲁", "bi lu"},       {u"六安", "lu an"},
    {u"银行", "yin hang"},     {u"和面", "huo mian"},    {u"桔梗", "jie geng"},
    {u"系带", "ji dai"},       {u"发卡", "fa qia"},      {u"卡子", "qia zi"},
    {u"角色", "jue se"},       {u"主角", "zhu jue"},     {u"番禺", "pan yu"},
    {u"钥匙", "yao shi"},      {u"古刹", "gu cha"},      {u"抹布", "ma bu"},
    {u"邮差", "you chai"},     {u"择菜", "zhai cai"},    {u"龟裂", "jun lie"},
    {u"率先", "shuai xian"},   {u"弹簧", "tan huang"},   {u"弹力", "tan li"},
    {u"莎草", "suo cao"},      {u"朝霞", "zhao xia"},    {u"首都", "shou du"},
    {u"成都", "cheng du"},     {u"倔强", "jue jiang"},   {u"着色", "zhuo se"},
    {u"会计", "kuai ji"},      {u"盛饭", "cheng fan"},   {u"供给", "gong ji"},
};

} // namespace

std::span<const CharacterReadings> characterTable()
{
    return kCharacters;
}

std::span<const WordReadings> wordTable()
{
    return kWords;
}

} // namespace goodsight::pinyin
