using Registry.Api.Tests.Support;
using Registry.Domain;

namespace Registry.Api.Tests;

public sealed class Slugs
{
    [TestCase("Mukhtar Tileuberdi", "mukhtar-tileuberdi")]
    [TestCase("Mevlüt Çavuşoğlu", "mevlut-cavusoglu")]
    [TestCase("Jean-Noël Barrot", "jean-noel-barrot")]
    [TestCase("Lars Løkke Rasmussen", "lars-lokke-rasmussen")]
    [TestCase("Radosław Sikorski", "radoslaw-sikorski")]
    [TestCase("Þórdís Kolbrún R. Gylfadóttir", "thordis-kolbrun-r-gylfadottir")]
    [TestCase("İlham Əliyev", "ilham-aliyev")]
    [TestCase("Işık Ünal", "isik-unal")]
    [TestCase("Nguyễn Đức Đam", "nguyen-duc-dam")]
    [TestCase("Æthelred Œuvre Großmann", "aethelred-oeuvre-grossmann")]
    [TestCase("Kevin O'Brien O’Neill", "kevin-obrien-oneill")]
    [TestCase("  Minister /  of_State ", "minister-of-state")]
    [TestCase("4th Deputy", "4th-deputy")]
    [TestCase("Wang Yi 王毅", "wang-yi")]
    public void A_name_is_spelled_in_plain_letters(string name, string slug)
    {
        Assert.That(Slug.From(name), Is.EqualTo(slug));
        Assert.That(() => new Slug(slug), Throws.Nothing);
    }

    [TestCase("Сергей Лавров")]
    [TestCase("王毅")]
    [TestCase("حسين أمير عبد اللهيان")]
    [TestCase("?!")]
    [TestCase("")]
    [TestCase("X")]
    public void A_name_without_Latin_letters_makes_no_slug(string name)
    {
        Assert.That(Slug.From(name), Is.Null);
    }

    [Test]
    public void Several_names_stand_between_dots()
    {
        Assert.That(
            Slug.From("CICA", null, "secretariat", "Секретарь", "Head of Secretariat"),
            Is.EqualTo("cica.secretariat.head-of-secretariat")
        );
    }

    [TestCase(98)]
    [TestCase(99)]
    [TestCase(100)]
    [TestCase(300)]
    public void A_long_name_is_cut_where_a_slug_may_end(int letters)
    {
        var slug = Slug.From(new string('a', letters) + " b c")!;

        Assert.That(slug, Has.Length.InRange(98, Slug.MaxLength));
        Assert.That(new Slug(slug).Value, Is.EqualTo(slug));
    }

    [TestCase(2, "wang-yi-2")]
    [TestCase(11, "wang-yi-11")]
    public void A_namesake_gets_a_number(int number, string slug)
    {
        Assert.That(Slug.Numbered("wang-yi", number), Is.EqualTo(slug));
    }

    [TestCase(98)]
    [TestCase(99)]
    [TestCase(100)]
    public void The_number_of_a_long_slug_is_kept_whole(int length)
    {
        var slug = new string('a', 96) + "-bbb";

        var numbered = Slug.Numbered(slug[..length], 22);

        Assert.That(numbered, Does.EndWith("a-22"));
        Assert.That(new Slug(numbered).Value, Is.EqualTo(numbered));
    }

    [TestCase("ab")]
    [TestCase("42")]
    [TestCase("kaz.foreign-minister")]
    [TestCase("a.b-c.d")]
    public void A_slug_is_read(string text)
    {
        Assert.That(new Slug(text).Value, Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("a")]
    [TestCase("A-b")]
    [TestCase("a b")]
    [TestCase("a--b")]
    [TestCase("a..b")]
    [TestCase("a.-b")]
    [TestCase("-a")]
    [TestCase("a.")]
    [TestCase("a_b")]
    [TestCase("é1")]
    [TestCase("٤٢")]
    [TestCase("a/b")]
    [TestCase("ab\n")]
    public void Anything_else_is_no_slug(string text)
    {
        Assert.That(() => new Slug(text), Refused.At("id"));
    }

    [Test]
    public void A_slug_has_its_bound()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new Slug(new string('a', Slug.MaxLength)), Throws.Nothing);
            Assert.That(() => new Slug(new string('a', Slug.MaxLength + 1)), Refused.At("id"));
        }
    }
}
