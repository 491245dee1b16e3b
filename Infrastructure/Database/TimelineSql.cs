namespace Registry.Infrastructure.Database;

internal static class TimelineSql
{
    /// <summary>The statements of a timeline over events from several tables.</summary>
    /// <param name="events">The events with Id, Kind, Title, Record, FromText, FromEarliest and FromLatest.</param>
    public static ListSql Over(string events) =>
        new(
            "e.Kind, e.Title, e.Record, e.FromText, e.FromEarliest, e.FromLatest",
            $"({events}) e",
            "e.Id",
            new Dictionary<string, string> { ["date"] = "e.FromEarliest" },
            new Dictionary<string, string>
            {
                ["From"] = "e.FromLatest >= @From",
                ["Until"] = "e.FromEarliest <= @Until",
            }
        );
}
