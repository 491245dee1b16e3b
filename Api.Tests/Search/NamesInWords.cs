using Registry.Domain.Search;

namespace Registry.Api.Tests.Search;

public sealed class NamesInWords
{
    [TestCase("Republic of Zambia", "republic zambia")]
    [TestCase("the Republic of Zambia", "republic zambia")]
    [TestCase("République de Zambie", "republic zambie")]
    [TestCase("Gambia, The", "gambia")]
    [TestCase("Mali (le)", "mali")]
    [TestCase("Côte d'Ivoire", "cote ivoire")]
    [TestCase("Lao People's Democratic Republic", "lao people democratic republic")]
    [TestCase("Lao PDR", "lao people democratic republic")]
    [TestCase("Congo, Dem. Rep.", "congo democratic republic")]
    [TestCase("D.R. Congo", "democratic republic congo")]
    [TestCase("St. Kitts & Nevis", "saint kitts nevis")]
    [TestCase("Marshall Is.", "marshall island")]
    [TestCase("Маршалловы о-ва", "маршалловы island")]
    [TestCase("S. Korea", "south korea")]
    [TestCase("U.S. of America", "united state america")]
    [TestCase("U.S.A.", "usa")]
    [TestCase("Мар'яна", "маряна")]
    [TestCase("Co-operation", "cooperation")]
    [TestCase("جمهورية الكونغو الديمقراطية", "republic كونغو democratic")]
    [TestCase("The", "the")]
    [TestCase("", "")]
    public void Words_are_written_out_and_those_that_only_join_are_left_out(string name, string words) =>
        Assert.That(WordsOf(name, person: false), Is.EqualTo(words));

    [TestCase("Dr. J. Smith", "j smith")]
    [TestCase("Le Hoai Trung", "le hoai trung")]
    [TestCase("Abdel Fattah el-Sisi", "abdel fattah sisi")]
    [TestCase("St. John", "st john")]
    public void Little_is_written_out_in_the_names_of_people(string name, string words) =>
        Assert.That(WordsOf(name, person: true), Is.EqualTo(words));

    [TestCase("UN", true)]
    [TestCase("U.S.A.", true)]
    [TestCase("R.-U.", true)]
    [TestCase("СВМДА", true)]
    [TestCase("Un", false)]
    [TestCase("Oman", false)]
    [TestCase("KAZAKHSTAN", false)]
    [TestCase("朝鲜", false)]
    [TestCase("لاوس", false)]
    [TestCase("...", false)]
    public void Initials_are_capitals(string name, bool initials) =>
        Assert.That(NameWords.IsInitials(name), Is.EqualTo(initials));

    private static string WordsOf(string name, bool person) =>
        string.Join(' ', NameWords.Of(name, person).Counted.Select(word => word.Text));
}
