using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Meetings;

public sealed class DocumentRules
{
    [TestCase("", "Planned Drafted Discussed Adopted Signed InForce")]
    [TestCase("Planned", "Drafted Discussed Adopted Signed Withdrawn")]
    [TestCase("Drafted", "Drafted Discussed Adopted Signed Withdrawn")]
    [TestCase("Discussed", "Drafted Discussed Adopted Signed Withdrawn")]
    [TestCase("Adopted", "Signed InForce Superseded Withdrawn")]
    [TestCase("Signed", "InForce Superseded Withdrawn")]
    [TestCase("InForce", "Superseded Withdrawn")]
    public void A_document_takes_the_steps_that_follow(string before, string after)
    {
        foreach (var status in Enum.GetValues<DocumentStatus>())
        {
            DocumentStep[] first = before.Length == 0 ? [] : [Step(Enum.Parse<DocumentStatus>(before))];

            Assert.That(
                () => Document([.. first, Step(status)]),
                after.Split(' ').Contains($"{status}") ? Throws.Nothing : Refused.By("document-step-order"),
                $"{before}, then {status}"
            );
        }
    }

    [TestCase(DocumentStatus.Superseded)]
    [TestCase(DocumentStatus.Withdrawn)]
    public void Nothing_follows_on_the_last_step(DocumentStatus last)
    {
        var document = Document(Step(DocumentStatus.Adopted), Step(last));

        foreach (var status in Enum.GetValues<DocumentStatus>())
        {
            Assert.That(() => document.Take(Step(status)), Refused.By("document-closed"));
        }
    }

    [Test]
    public void Steps_do_not_run_backwards()
    {
        Assert.That(
            () => Document(Step(DocumentStatus.Drafted, "2022-05"), Step(DocumentStatus.Adopted, "2022-04-30")),
            Refused.By("document-step-order")
        );
    }

    [Test]
    public void A_document_is_known_by_the_date_of_its_first_act()
    {
        var draft = Document(Step(DocumentStatus.Planned, "2020"), Step(DocumentStatus.Drafted, "2021"));
        var gone = Document(
            Step(DocumentStatus.Drafted, "2021"),
            Step(DocumentStatus.Signed, "2022-10-13"),
            Step(DocumentStatus.Superseded, "2024")
        );

        using (Assert.EnterMultipleScope())
        {
            Assert.That(draft.Date, Is.EqualTo(Date("2020")));
            Assert.That(draft.Life, Is.EqualTo(Span("2020/..")));
            Assert.That(gone.Date, Is.EqualTo(Date("2022-10-13")));
            Assert.That(gone.Life, Is.EqualTo(Span("2022-10-13/2024")));
        }
    }

    [TestCase(DocumentRelationKind.Supersedes)]
    [TestCase(DocumentRelationKind.Amends)]
    public void No_document_has_a_relation_to_itself(DocumentRelationKind kind)
    {
        Assert.That(() => Related("charter", (kind, "charter")), Refused.By("document-circle"));
    }

    [Test]
    public void No_document_takes_its_own_place_over_others()
    {
        var known = new[] { ("second", "first"), ("third", "second") }.ToLookup(pair => pair.Item1, pair => pair.Item2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => Related("first", (DocumentRelationKind.Supersedes, "third")).RefuseCircle(known),
                Refused.By("document-circle")
            );
            Assert.That(
                () => Related("first", (DocumentRelationKind.Amends, "third")).RefuseCircle(known),
                Throws.Nothing
            );
            Assert.That(
                () => Related("fourth", (DocumentRelationKind.Supersedes, "third")).RefuseCircle(known),
                Throws.Nothing
            );
        }
    }

    [Test]
    public void A_body_is_one_of_a_forum()
    {
        Assert.That(
            () =>
                new Document(
                    new Slug("charter"),
                    Facts() with
                    {
                        Body = new BodyCode("summit"),
                    },
                    [Step(DocumentStatus.Adopted)]
                ),
            Refused.At("forum")
        );
    }

    [TestCase("2022-09-20", "outside-meeting")]
    [TestCase("2022-09-24", "outside-meeting")]
    [TestCase("2022-10", "outside-meeting")]
    [TestCase("2022-09-21", null)]
    [TestCase("2022-09-23", null)]
    [TestCase("2022-09", null)]
    [TestCase("2022", null)]
    public void A_step_at_a_meeting_is_on_one_of_its_days(string on, string? rule)
    {
        Assert.That(
            () => Step(DocumentStatus.Adopted, on).RefuseOutside(Span("2022-09-21/2022-09-23"), MeetingStatus.Held),
            rule is null ? Throws.Nothing : Refused.By(rule)
        );
    }

    [TestCase(DocumentStatus.Adopted, true)]
    [TestCase(DocumentStatus.Signed, true)]
    [TestCase(DocumentStatus.Discussed, true)]
    [TestCase(DocumentStatus.Planned, false)]
    public void A_cancelled_meeting_adopts_nothing(DocumentStatus status, bool refused)
    {
        Assert.That(
            () => Step(status, "2022").RefuseOutside(Span("2022-09-21/2022-09-23"), MeetingStatus.Cancelled),
            refused ? Refused.By("meeting-cancelled") : Throws.Nothing
        );
    }

    [Test]
    public void What_fulfils_an_outcome_comes_later()
    {
        var meeting = Span("2022-09-21/2022-09-23");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => Outcome.RefuseBefore("cica-1.1", meeting, new DateOnly(2022, 9, 20)),
                Refused.By("fulfilled-before")
            );
            Assert.That(() => Outcome.RefuseBefore("cica-1.1", meeting, new DateOnly(2022, 9, 21)), Throws.Nothing);
            Assert.That(() => MakeOutcome(fulfils: "cica-1.1"), Refused.By("fulfilled-before"));
        }
    }

    [Test]
    public void A_follow_up_is_done_while_something_fulfils_it()
    {
        var outcome = MakeOutcome(fulfils: null);

        outcome.FulfilledNowBy([new Fulfilment(FulfilmentKind.Document, "charter")]);
        Assert.That(outcome.Facts.FollowUp!.Status, Is.EqualTo(FollowUpStatus.Done));

        outcome.FulfilledNowBy([]);
        Assert.That(outcome.Facts.FollowUp!.Status, Is.EqualTo(FollowUpStatus.Open));
    }

    private static Outcome MakeOutcome(string? fulfils) =>
        new(
            new Slug("cica-1.1"),
            new OutcomeFacts
            {
                Meeting = new Slug("cica-1"),
                Verb = OutcomeVerb.Decided,
                Texts = Text("texts"),
                FollowUp = new FollowUp(Text("what"), [], null, FollowUpStatus.Open),
                Fulfils = fulfils is null ? [] : [new Slug(fulfils)],
            }
        );

    private static Texts Text(string field) => new(field, [new LocalText(new Language("en"), "Text")]);

    private static DocumentFacts Facts() => new() { Titles = Text("titles"), Kind = DocumentKind.Charter };

    private static DocumentStep Step(DocumentStatus status, string on = "2022") => new(status, Date(on));

    private static Document Document(params DocumentStep[] steps) => new(new Slug("charter"), Facts(), steps);

    private static Document Related(string id, params (DocumentRelationKind Kind, string Id)[] relations) =>
        new(
            new Slug(id),
            Facts() with
            {
                Relations = [.. relations.Select(other => new DocumentRelation(other.Kind, new Slug(other.Id)))],
            },
            [Step(DocumentStatus.Adopted)]
        );
}
