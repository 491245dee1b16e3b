using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Reading;
using Registry.Infrastructure.Schema;
using Registry.Infrastructure.States;
using SqlText = Registry.Infrastructure.Records.Reading.Sql;

namespace Registry.Api.Tests.Sql;

/// <summary>The conditions of lists are properties of types, and both sides agree on them before anything is asked.</summary>
public sealed class AgreeingOnFilters
{
    private static readonly Dictionary<string, SqlText> Sorts = new() { ["code"] = $"s.Code" };

    [Test]
    public void The_lists_of_the_program_agree_with_their_conditions() =>
        Assert.That(ListSql.InitializeAll, Throws.Nothing);

    [TestCase("Name", "s.Name = @Name")]
    [TestCase("Region", "s.Region = @Regoin")]
    [TestCase("region", "s.Region = @Region")]
    public void A_condition_that_nobody_turns_on_is_refused(string name, string condition) =>
        Assert.That(
            () => ListOf(new() { ["Region"] = $"s.Region = @Region", [name] = $"{condition}" }),
            Throws.InvalidOperationException.With.Message.Contains(nameof(RegionFilters))
        );

    [Test]
    public void A_property_that_turns_nothing_on_is_refused() =>
        Assert.That(
            () => ListOf([]),
            Throws.InvalidOperationException.With.Message.Contains(nameof(RegionFilters.Region))
        );

    [Test]
    public void A_condition_on_several_values_is_refused_when_there_is_only_one() =>
        Assert.That(
            () => ListOf(new() { ["Region"] = $"s.Region {SqlText.In("Region")}" }),
            Throws.InvalidOperationException.With.Message.Contains(nameof(RegionFilters.Region))
        );

    [Test]
    public void A_condition_on_one_value_is_refused_when_there_may_be_several() =>
        Assert.That(
            () => ListOf<RegionsFilters>(new() { ["Regions"] = $"s.Region = @Regions" }),
            Throws.InvalidOperationException.With.Message.Contains(nameof(RegionsFilters.Regions))
        );

    [Test]
    public void A_list_is_asked_with_its_own_conditions_alone()
    {
        var request = new ListRequest
        {
            Sort = "code",
            Limit = 1,
            Filters = new ForumTimelineFilters { Forum = "CICA" },
        };

        Assert.That(
            () => StateSql.List.ReadAsync<RecordListRow>(null!, request),
            Throws.InvalidOperationException.With.Message.Contains(nameof(ForumTimelineFilters))
        );
    }

    private static ListSql ListOf(Dictionary<string, SqlText> conditions) => ListOf<RegionFilters>(conditions);

    private static ListSql ListOf<T>(Dictionary<string, SqlText> conditions) =>
        ListSql.OfRecords(typeof(T), StateTables.States, "s", Sorts, conditions);

    private sealed record RegionFilters : ListFilters
    {
        public string? Region { get; init; }
    }

    private sealed record RegionsFilters : ListFilters
    {
        public IReadOnlyList<string>? Regions { get; init; }
    }
}
