using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Domain.Ministers;
using static Registry.Api.Tests.Support.Times;

namespace Registry.Api.Tests.Meetings;

public sealed class MeetingRules
{
    [TestCase("Planned", "Confirmed Postponed Cancelled Held")]
    [TestCase("Confirmed", "Postponed Cancelled Held")]
    [TestCase("Postponed", "Planned Confirmed Cancelled Held")]
    [TestCase("Cancelled", "")]
    [TestCase("Held", "")]
    public void A_meeting_takes_the_steps_that_follow(string before, string after)
    {
        foreach (var status in Enum.GetValues<MeetingStatus>())
        {
            var meeting = Meeting(Enum.Parse<MeetingStatus>(before));
            var may = after.Split(' ').Contains($"{status}");

            Assert.That(
                () => meeting.Take(new MeetingStep(status)),
                may ? Throws.Nothing : Refused.By("meeting-step-order"),
                $"{before}, then {status}"
            );
            Assert.That(meeting.Status, Is.EqualTo(may ? status : Enum.Parse<MeetingStatus>(before)));
        }
    }

    [TestCase("2022-09-21", "2022-09-20")]
    [TestCase("2022-09", "2022-08-31")]
    [TestCase("2022-09-21", "2021")]
    public void Steps_do_not_run_backwards(string first, string second)
    {
        Assert.That(
            () => Steps(new(MeetingStatus.Planned, Date(first)), new(MeetingStatus.Held, Date(second))),
            Refused.By("meeting-step-order")
        );
    }

    [TestCase("2022-09-21", "2022-09-21")]
    [TestCase("2022-09-21", "2022-09")]
    [TestCase("2022-09-21", "2022")]
    [TestCase("2022", "2022-01-01")]
    public void Steps_that_may_follow_each_other_stand(string first, string second)
    {
        Assert.That(
            () => Steps(new(MeetingStatus.Planned, Date(first)), new(MeetingStatus.Held, Date(second))),
            Throws.Nothing
        );
    }

    [Test]
    public void A_step_without_a_date_hides_no_disorder()
    {
        Assert.That(
            () =>
                Steps(
                    new(MeetingStatus.Planned, Date("2022-09-21")),
                    new(MeetingStatus.Postponed),
                    new(MeetingStatus.Held, Date("2022-01-01"))
                ),
            Refused.By("meeting-step-order")
        );
    }

    [Test]
    public void A_step_may_bring_new_dates()
    {
        var meeting = Meeting(MeetingStatus.Postponed);

        meeting.Take(new MeetingStep(MeetingStatus.Planned), Date("2023-05"), Date("2023-06-02"));

        Assert.That(meeting.Facts.Held, Is.EqualTo(Span("2023-05/2023-06-02")));
    }

    [Test]
    public void A_refused_step_leaves_the_meeting_as_it_was()
    {
        var meeting = Meeting(MeetingStatus.Postponed);

        Assert.That(
            () => meeting.Take(new MeetingStep(MeetingStatus.Planned), Date("1990")),
            Refused.By("outside-life")
        );

        Assert.That(meeting.Steps, Has.Count.EqualTo(1));
        Assert.That(meeting.Facts.Starts, Is.EqualTo(Date("2022-09-21")));
    }

    [TestCase("1992-10-04")]
    [TestCase("1991")]
    [TestCase("2031")]
    public void No_meeting_lies_outside_the_life_of_its_forum(string starts)
    {
        Assert.That(() => Meeting(Facts() with { Starts = Date(starts) }), Refused.By("outside-life"));
    }

    [TestCase("1992")]
    [TestCase("1992-10-05")]
    [TestCase("2030-12-31")]
    public void A_meeting_that_may_lie_within_the_life_is_allowed(string starts)
    {
        Assert.That(() => Meeting(Facts() with { Starts = Date(starts) }), Throws.Nothing);
    }

    [Test]
    public void No_meeting_lies_outside_the_life_of_its_body()
    {
        var facts = Facts() with { Body = new BodyCode("summit") };

        Assert.That(
            () =>
                new Meeting(
                    new Slug("cica-1"),
                    facts,
                    [new MeetingStep(MeetingStatus.Held)],
                    new MeetingLives(Period.Always, Span("2023/.."))
                ),
            Refused.By("outside-life")
        );
    }

    [Test]
    public void No_meeting_is_held_on_its_own_margins()
    {
        Assert.That(() => Meeting(Facts() with { OnMarginsOf = new Slug("cica-1") }), Refused.By("meeting-circle"));
    }

    [Test]
    public void Times_need_exact_days()
    {
        var noon = new TimeOnly(12, 0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => Meeting(Facts() with { Starts = Date("2022-09"), StartTime = noon }),
                Refused.At("startTime")
            );
            Assert.That(() => Meeting(Facts() with { Ends = Date("2022-09"), EndTime = noon }), Refused.At("endTime"));
            Assert.That(
                () => Meeting(Facts() with { StartTime = noon, EndTime = noon.AddMinutes(-1) }),
                Refused.At("endTime")
            );
            Assert.That(
                () =>
                    Meeting(Facts() with { Ends = Date("2022-09-22"), StartTime = noon, EndTime = noon.AddHours(-2) }),
                Throws.Nothing
            );
        }
    }

    [TestCase("Asia/Almaty", true)]
    [TestCase("UTC", true)]
    [TestCase("Asia/Atlantis", false)]
    [TestCase("Central Asia Standard Time", false)]
    [TestCase("asia/almaty", false)]
    [TestCase("../../etc/passwd", false)]
    public void The_time_zone_is_one_of_the_iana_database(string name, bool known)
    {
        Assert.That(Registry.Domain.Meetings.Meeting.IsTimeZone(name), Is.EqualTo(known));
    }

    [TestCase(MeetingKind.Summit, null, "HeadOfState HeadOfGovernment")]
    [TestCase(MeetingKind.Ministerial, null, "ForeignMinister")]
    [TestCase(MeetingKind.Session, null, "PermanentRepresentative")]
    [TestCase(MeetingKind.Committee, null, "")]
    [TestCase(MeetingKind.Committee, PostKind.DefenceMinister, "DefenceMinister")]
    [TestCase(MeetingKind.Summit, PostKind.ForeignMinister, "ForeignMinister")]
    public void The_level_follows_from_the_kind_unless_it_is_said(MeetingKind kind, PostKind? level, string posts)
    {
        Assert.That(string.Join(' ', MeetingFacts.LevelOf(kind, level)), Is.EqualTo(posts));
    }

    [Test]
    public void Items_without_a_number_get_the_next_after_the_highest_beside_them()
    {
        var agenda = new Agenda([
            Item(null),
            Item("7", Item(null), Item("7.4"), Item(null, Item(null))),
            Item(null),
            Item("3"),
        ]);

        Assert.That(
            agenda.Places.Select(place => (place.Item.Number, place.Parent, place.Level)),
            Is.EqualTo(
                new (string?, string?, int)[]
                {
                    ("8", null, 1),
                    ("7", null, 1),
                    ("7.5", "7", 2),
                    ("7.4", "7", 2),
                    ("7.6", "7", 2),
                    ("7.6.1", "7.6", 3),
                    ("9", null, 1),
                    ("3", null, 1),
                }
            )
        );
    }

    [Test]
    public void The_number_of_an_item_begins_with_that_of_the_item_above()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new Agenda([Item("1", Item("2.1"))]), Refused.At("agenda"));
            Assert.That(() => new Agenda([Item("1", Item("1"))]), Refused.At("agenda"));
            Assert.That(() => new Agenda([Item("1", Item("1.1.1"))]), Refused.At("agenda"));
            Assert.That(() => new Agenda([Item("1", Item("11.1"))]), Refused.At("agenda"));
            Assert.That(() => new Agenda([Item("1.1")]), Refused.At("agenda"));
        }
    }

    [TestCase("1", "1")]
    [TestCase("1", "01")]
    public void Numbers_are_unique(string one, string other)
    {
        Assert.That(() => new Agenda([Item(one), Item(other)]), Refused.At("agenda"));
    }

    [Test]
    public void An_agenda_has_four_levels_and_200_items_at_most()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new Agenda([Item(null, Item(null, Item(null, Item(null))))]), Throws.Nothing);
            Assert.That(
                () => new Agenda([Item(null, Item(null, Item(null, Item(null, Item(null)))))]),
                Refused.At("agenda")
            );
            Assert.That(() => new Agenda([.. Enumerable.Repeat(Item(null), 200)]), Throws.Nothing);
            Assert.That(() => new Agenda([.. Enumerable.Repeat(Item(null), 201)]), Refused.At("agenda"));
        }
    }

    [Test]
    public void No_number_follows_999()
    {
        Assert.That(() => new Agenda([Item("999"), Item(null)]), Refused.At("agenda"));
    }

    [Test]
    public void An_item_is_added_under_another()
    {
        var agenda = new Agenda([Item("1", Item("1.1")), Item("2")]);

        var more = agenda.With(Item(null, Item(null)), under: "1").With(Item(null), under: null);

        Assert.That(
            more.Places.Select(place => place.Item.Number),
            Is.EqualTo(new[] { "1", "1.1", "1.2", "1.2.1", "2", "3" })
        );
        Assert.That(() => agenda.With(Item(null), under: "4"), Refused.By("unknown-reference"));
    }

    private static AgendaItem Item(string? number, params AgendaItem[] items) => new(number, Text(), items);

    private static Texts Text() => new("titles", [new LocalText(new Language("en"), "Text")]);

    private static MeetingFacts Facts() =>
        new()
        {
            Titles = Text(),
            Forum = new ForumCode("CICA"),
            Kind = MeetingKind.Ministerial,
            Starts = Date("2022-09-21"),
        };

    private static Meeting Meeting(MeetingStatus status) => Steps(new MeetingStep(status));

    private static Meeting Meeting(MeetingFacts facts) => Make(facts, new MeetingStep(MeetingStatus.Held));

    private static Meeting Steps(params MeetingStep[] steps) => Make(Facts(), steps);

    private static Meeting Make(MeetingFacts facts, params MeetingStep[] steps) =>
        new(new Slug("cica-1"), facts, steps, new MeetingLives(Span("1992-10-05/2030"), null));
}
