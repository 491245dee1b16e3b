using Registry.Domain;
using Registry.Domain.Forums;

namespace Registry.Api.Tests;

public sealed class Subjects
{
    [TestCase(SubjectKind.State, "KAZ")]
    [TestCase(SubjectKind.Forum, "CICA")]
    [TestCase(SubjectKind.Body, "CICA/secretariat")]
    [TestCase(SubjectKind.Minister, "mukhtar-tileuberdi")]
    public void A_subject_is_named_as_its_kind_is(SubjectKind kind, string id)
    {
        var subject = new Subject(kind, id);

        Assert.That(subject.Kind, Is.EqualTo(kind));
        Assert.That(subject.Id, Is.EqualTo(id));
    }

    [TestCase(SubjectKind.State, "KAZAKHSTAN")]
    [TestCase(SubjectKind.State, "mukhtar-tileuberdi")]
    [TestCase(SubjectKind.Forum, "CICA/secretariat")]
    [TestCase(SubjectKind.Forum, "")]
    [TestCase(SubjectKind.Body, "CICA")]
    [TestCase(SubjectKind.Body, "CICA/")]
    [TestCase(SubjectKind.Body, "/secretariat")]
    [TestCase(SubjectKind.Body, "CICA/secretariat/staff")]
    [TestCase(SubjectKind.Minister, "KAZ")]
    [TestCase(SubjectKind.Minister, "Mukhtar Tileuberdi")]
    public void A_name_of_another_kind_is_none(SubjectKind kind, string id)
    {
        Assert.That(() => new Subject(kind, id), Throws.TypeOf<IllegalValueException>());
    }

    [Test]
    public void Subjects_of_two_kinds_with_the_same_letters_are_two()
    {
        Assert.That(new Subject(SubjectKind.State, "KAZ"), Is.Not.EqualTo(new Subject(SubjectKind.Forum, "KAZ")));
    }
}
