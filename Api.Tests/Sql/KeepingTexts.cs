using System.Collections;
using Dapper;
using Registry.Api.Tests.Support;
using Registry.Domain;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Api.Tests.Sql;

/// <summary>The texts of statements that are kept are bounded by the code, whatever callers ask for.</summary>
public sealed class KeepingTexts
{
    private const int Requests = 6000;

    /// <summary>The pages of the two lists of changes, which have few conditions and are not composed for a request.</summary>
    private const int MostPages = 8;

    /// <summary>The number of entries that concurrent tests may add.</summary>
    private const int MostGrowth = 500;

    [Test]
    public async Task Thousands_of_different_requests_leave_no_text_behind()
    {
        var taken = await TestDatabases.TakeAsync(Engine.Sqlite);
        try
        {
            using var database = RegistryDatabase.Sqlite(taken.ConnectionString, new WriteSettings());
            var before = Sizes();
            for (var number = 0; number < Requests; number++)
            {
                var request = Request(number);
                // Dapper lets go of what was used only once.
                for (var time = 0; time < 2; time++)
                {
                    await database.ReadStateAsync(
                        request.KnownAt,
                        session => MeetingSql.List.ReadAsync<RecordListRow>(session, request),
                        CancellationToken.None
                    );
                }
            }

            var pages = SqlMapper
                .GetCachedSQL()
                .Where(text => text.Item2.Contains(" AS SortId", StringComparison.Ordinal));
            var after = Sizes();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(pages.Select(text => text.Item2).Distinct().Count(), Is.LessThanOrEqualTo(MostPages));
                Assert.That(
                    after.Where(field => field.Value > before.GetValueOrDefault(field.Key) + MostGrowth),
                    Is.Empty
                );
            }
        }
        finally
        {
            await TestDatabases.GiveBackAsync(taken);
        }
    }

    [Test]
    public async Task The_statements_that_stay_prepared_are_bounded_and_those_in_use()
    {
        const string Often = "SELECT 'asked by everybody'";
        var taken = await TestDatabases.TakeAsync(Engine.Sqlite);
        try
        {
            using var database = RegistryDatabase.Sqlite(taken.ConnectionString, new WriteSettings());
            for (var number = 0; number < 3 * PreparingConnection.MaxPrepared; number++)
            {
                await AskAsync($"SELECT {number}");
                await AskAsync(Often);
            }

            await database.ReadAsync(
                connection =>
                {
                    var prepared = (PreparingConnection)connection;
                    using (Assert.EnterMultipleScope())
                    {
                        Assert.That(prepared.Prepared, Is.EqualTo(PreparingConnection.MaxPrepared));
                        Assert.That(prepared.Has(Often));
                        Assert.That(prepared.Has($"SELECT {(3 * PreparingConnection.MaxPrepared) - 1}"));
                        Assert.That(prepared.Has("SELECT 1"), Is.False);
                    }

                    return Task.FromResult(0);
                },
                CancellationToken.None
            );

            Task<object?> AskAsync(string sql) =>
                database.ReadAsync(
                    connection => Task.FromResult(connection.ExecuteScalar<object?>(sql)),
                    CancellationToken.None
                );
        }
        finally
        {
            await TestDatabases.GiveBackAsync(taken);
        }
    }

    /// <summary>The number of entries of each static collection.</summary>
    private static Dictionary<string, int> Sizes() =>
        Statements
            .Fields.Select(field =>
                (Name: $"{field.DeclaringType}.{field.Name}", Value: field.GetValue(null) as ICollection)
            )
            .Where(field => field.Value is not null)
            .ToDictionary(field => field.Name, field => field.Value!.Count);

    /// <summary>A request with conditions, numbers of values and an order of its own.</summary>
    private static ListRequest Request(int number)
    {
        var sorts = MeetingSql.List.Sorts.Keys.ToArray();
        var conditions = number % 512;
        var order = number / 512;
        return new ListRequest
        {
            Sort = sorts[order % sorts.Length],
            Descending = order / sorts.Length % 2 == 1,
            Limit = 1,
            WithTotal = number % 2 == 1,
            KnownAt = order >= 2 * sorts.Length ? DateTimeOffset.UnixEpoch : null,
            Filters = new MeetingFilters
            {
                Kind = Values(0),
                Format = Values(1),
                Status = Values(2),
                Country = Values(3),
                Host = Values(4),
                Chair = Values(5),
                Body = Has(6) ? "body" : null,
                OnMarginsOf = Has(7) ? "meeting" : null,
                On = Has(8) ? DaySpan.Of(new DateOnly(2020, 1, 1)) : null,
            },
        };

        bool Has(int place) => (conditions >> place & 1) == 1;

        string[]? Values(int place) =>
            Has(place) ? [.. Enumerable.Range(0, 1 + (number % 5)).Select(value => $"{value}")] : null;
    }
}
