using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Registry.Domain;
using Registry.Domain.Forums;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Records.Models;

namespace Registry.Bench.Micro;

/// <summary>Writing fifty records as JSON, and reading one.</summary>
public class PageBenchmarks
{
    private readonly MembershipModel[] _page = [.. Enumerable.Range(1, 50).Select(Membership)];
    private readonly byte[] _record = JsonSerializer.SerializeToUtf8Bytes(Membership(1), RegistryJson.Options);

    /// <summary>Writes fifty memberships.</summary>
    [Benchmark]
    public byte[] WriteFifty() => JsonSerializer.SerializeToUtf8Bytes(_page, RegistryJson.Options);

    /// <summary>Reads one membership.</summary>
    [Benchmark]
    public MembershipModel? ReadOne() => JsonSerializer.Deserialize<MembershipModel>(_record, RegistryJson.Options);

    private static MembershipModel Membership(int number) =>
        new()
        {
            Id = $"cica.s{number}",
            Forum = "CICA",
            Member = new PartyModel { Kind = PartyKind.State, Code = "KAZ" },
            Standings =
            [
                new StandingModel
                {
                    Standing = StandingKind.Observer,
                    From = PartialDate.Parse("1992"),
                    Until = PartialDate.Parse("1999-05-31"),
                    Ended = true,
                },
                new StandingModel { Standing = StandingKind.Member, From = PartialDate.Parse("1999-06") },
            ],
            Version = 1,
            RecordedAt = DateTimeOffset.UnixEpoch,
        };
}
