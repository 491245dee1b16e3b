using Registry.Domain.Search;

namespace Registry.Api.Tests.Search;

public sealed class FoldedTexts
{
    [TestCase("Côte d’Ivoire", "cote d ivoire")]
    [TestCase("SÃO TOMÉ & Príncipe", "sao tome principe")]
    [TestCase("İstanbul Iğdır", "istanbul igdir")]
    [TestCase("Straße ﬁn Ⅳ №7", "strasse fin iv no7")]
    [TestCase("ΑΘΗΝΑΣ", "αθηνασ")]
    [TestCase("Ёлка Йод Україна", "елка йод украіна")]
    [TestCase("Қазақстан", "қазақстан")]
    [TestCase("الأُمَم المتّحدة", "الامم المتحده")]
    [TestCase("جمهوری اســلامی", "جمهوري اسلامي")]
    [TestCase("שָׁלוֹם", "שלום")]
    [TestCase("٧٧th", "77th")]
    [TestCase("第73届UN大会", "第 73 届 un 大会")]
    [TestCase("ガーナ・共和国", "ガーナ 共和国")]
    [TestCase("대한민국", "대한민국")]
    [TestCase("भारत गणराज्य", "भारत गणराज्य")]
    [TestCase(" —…!? ", "")]
    public void A_text_is_folded_to_its_words(string text, string folded)
    {
        Assert.That(FoldedText.Of(text).Whole, Is.EqualTo(folded));
        Assert.That(
            FoldedText.Of(FoldedText.Of(text).Whole).Whole,
            Is.EqualTo(folded),
            "Folding again changes nothing."
        );
    }

    [TestCase("Guinea-Bissau", "guineabissau")]
    [TestCase("U.N.", "un")]
    [TestCase("Sana'a and Xi’an", "sanaa", "xian")]
    [TestCase("A/RES/46/182", "ares46182")]
    [TestCase("plain words - and these")]
    public void What_signs_take_apart_is_also_run_together(string text, params string[] joined) =>
        Assert.That(FoldedText.Of(text).Joined, Is.EqualTo(joined));

    [TestCase("kazakstan", "kazakhstan", 1)]
    [TestCase("kazakhstan", "kazakhstan", 0)]
    [TestCase("irna", "iran", 1)]
    [TestCase("iraq", "iran", 1)]
    [TestCase("", "ab", 2)]
    [TestCase("abcdef", "zzzzzz", 3)]
    [TestCase("ab", "abcdef", 3)]
    public void Spellings_differ_by_letters(string one, string other, int distance)
    {
        Assert.That(Spelling.Distance(one, other, most: 2), Is.EqualTo(distance));
        Assert.That(Spelling.Distance(other, one, most: 2), Is.EqualTo(distance));
    }
}
