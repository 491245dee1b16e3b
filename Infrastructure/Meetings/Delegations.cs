using System.Text.Json;
using Dapper;
using Registry.Domain.Forums;
using Registry.Domain.Meetings;
using Registry.Domain.Ministers;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Reading;

namespace Registry.Infrastructure.Meetings;

/// <summary>The basis of an answer about a meeting.</summary>
public enum AnswerBasis
{
    /// <summary>The record of the meeting.</summary>
    Recorded,

    /// <summary>The holder of the post on that day, when the record of the meeting names nobody.</summary>
    Inferred,

    /// <summary>Neither the record of the meeting nor the holders of posts answer it.</summary>
    Unknown,
}

/// <summary>A state, a forum or a body, by kind, code and name.</summary>
public sealed record NamedMember(string Kind, string Code, string Name);

/// <summary>The person who speaks for a member, as far as known.</summary>
public sealed record Spokesperson
{
    /// <summary>The person is unknown.</summary>
    public static readonly Spokesperson Unknown = new() { Basis = AnswerBasis.Unknown, Certain = true };

    public required AnswerBasis Basis { get; init; }

    /// <summary>The name as recorded, otherwise that of the minister.</summary>
    public string? Name { get; init; }

    public string? MinisterId { get; init; }

    public string? MinisterName { get; init; }

    /// <summary>The title as recorded, otherwise the one valid at the meeting.</summary>
    public string? Title { get; init; }

    public string? Post { get; init; }

    public Capacity? Capacity { get; init; }

    /// <summary>False when the dates are too imprecise for certainty.</summary>
    public required bool Certain { get; init; }
}

/// <summary>A member of the forum at a meeting, and the person who spoke for it.</summary>
public sealed record Delegation(NamedMember Member, Spokesperson Spokesperson);

/// <summary>A participant on record, with the names and the title in the registry.</summary>
public sealed record ResolvedParticipant(int Position, NamedMember Of, Spokesperson Person, ParticipantModel Record);

/// <summary>The chair of a meeting, as far as known.</summary>
public sealed record ResolvedChair(NamedMember? Member, Spokesperson Spokesperson);

/// <summary>Lists the delegations to a meeting.</summary>
/// <remarks>It takes a fixed number of statements, however large the forum is.</remarks>
internal sealed class Delegations(ReadSession session, MeetingModel meeting)
{
    private readonly MeetingWindow _window = new(meeting.Starts!, meeting.Ends);
    private readonly IReadOnlyList<PostKind> _level = MeetingFacts.LevelOf(meeting.Kind!.Value, meeting.Level);
    private readonly Representation _representation = new(MeetingFacts.LevelOf(meeting.Kind!.Value, meeting.Level));

    /// <summary>
    /// Lists one delegation for each member, and one more for each further participant of a member on record.
    /// </summary>
    public async Task<IReadOnlyList<Delegation>> OfMembersAsync(string standing)
    {
        var parameters = Parameters();
        parameters.Add("Standing", standing);
        var members = await session.RowsAsync<MemberRow>(DelegationSql.Members, parameters);
        var holders = _level.Count == 0 ? [] : await HoldersAsync(DelegationSql.HoldersOfMembers, parameters);
        var recorded = await HoldersAsync(DelegationSql.Recorded, parameters);

        return
        [
            .. members
                .GroupBy(row => (row.MemberKind, row.MemberCode))
                .OrderBy(rows => rows.Key.MemberCode, StringComparer.Ordinal)
                .ThenBy(rows => rows.Key.MemberKind, StringComparer.Ordinal)
                .SelectMany(rows =>
                {
                    var member = rows.First().ToMember();
                    var isCertain = rows.Any(row => row.Certainty == 1);
                    return SpokespersonsOf(member, holders, recorded)
                        .Select(person => new Delegation(
                            member,
                            person with
                            {
                                Certain = person.Certain && isCertain,
                            }
                        ));
                }),
        ];
    }

    /// <summary>Lists the participants on record, in their order.</summary>
    public async Task<IReadOnlyList<ResolvedParticipant>> ParticipantsAsync()
    {
        var parameters = Parameters();
        var names = (await session.RowsAsync<NameRow>(DelegationSql.Names, parameters)).ToDictionary(
            row => (row.Kind, row.Code),
            row => row.Name
        );
        var recorded = await HoldersAsync(DelegationSql.Recorded, parameters);
        return
        [
            .. (meeting.Participants ?? []).Select(
                (participant, position) =>
                {
                    var (kind, code) = (Words.Of(participant.Of!.Kind!.Value), participant.Of.Code!);
                    return new ResolvedParticipant(
                        position,
                        new NamedMember(kind, code, names.GetValueOrDefault((kind, code), code)),
                        Recorded(participant, recorded),
                        participant
                    );
                }
            ),
        ];
    }

    /// <summary>
    /// Gets the chair: as recorded, otherwise the party that held the chairmanship of the body or the forum.
    /// </summary>
    public async Task<ResolvedChair> ChairAsync()
    {
        var parameters = Parameters();
        NamedMember member;
        var isCertain = true;
        if (meeting.Chair is { Member: { } subject } chair)
        {
            var name = await session.RowAsync<string>(DelegationSql.ChairName, parameters);
            member = new(Words.Of(subject.Kind!.Value), subject.Code!, name ?? subject.Code!);
            var recorded = await HoldersAsync(DelegationSql.Recorded, parameters);
            if (ChairOnRecord(member, recorded) is { } onRecord)
            {
                return new(member, onRecord with { Capacity = null });
            }

            // The person may still be inferred from the posts; that the member chairs is recorded.
            var holder = await HolderAsync(member, parameters);
            return new(member, holder with { Basis = AnswerBasis.Recorded });
        }

        var chairs = await session.RowsAsync<ChairRow>(DelegationSql.Chairs, parameters);
        if (Representation.ChairOf(chairs.Select(row => row.Chair)) is not { } held)
        {
            return new(null, Spokesperson.Unknown);
        }

        var inChair = chairs.First(row => ReferenceEquals(row.Chair, held));
        member = inChair.ToMember();
        isCertain = inChair.Certainty == 1;
        var inferred = await HolderAsync(member, parameters);
        return new(member, inferred with { Basis = AnswerBasis.Inferred, Certain = inferred.Certain && isCertain });
    }

    private async Task<Spokesperson> HolderAsync(NamedMember member, DynamicParameters parameters)
    {
        parameters.Add("State", member.Code);
        return _level.Count == 0 || member.Kind != Words.Of(SubjectKind.State)
            ? Spokesperson.Unknown
            : Inferred(await HoldersAsync(DelegationSql.HoldersOfState, parameters)) ?? Spokesperson.Unknown;
    }

    private IEnumerable<Spokesperson> SpokespersonsOf(
        NamedMember member,
        IReadOnlyList<HolderRow> holders,
        IReadOnlyList<HolderRow> recorded
    )
    {
        var participants = (meeting.Participants ?? [])
            .Where(participant =>
                Words.Of(participant.Of!.Kind!.Value) == member.Kind && participant.Of.Code == member.Code
            )
            .ToArray();
        var speakers = Representation.SpeakersOf(
            member.Kind == Words.Of(SubjectKind.State),
            [.. participants.Select(participant => Recorded(participant, recorded))],
            ChairOnRecord(member, recorded),
            () => Inferred(holders.Where(row => row.StateCode == member.Code))
        );
        return speakers.Count > 0 ? speakers : [Spokesperson.Unknown];
    }

    /// <summary>Gets the person who is recorded as chair for the member, or null.</summary>
    private Spokesperson? ChairOnRecord(NamedMember member, IReadOnlyList<HolderRow> recorded) =>
        meeting.Chair is { Member: { } of } chair
        && (chair.Minister ?? chair.Name) is not null
        && of.Code == member.Code
        && Words.Of(of.Kind!.Value) == member.Kind
            ? Recorded(
                new ParticipantModel
                {
                    Of = of,
                    Name = chair.Name,
                    Minister = chair.Minister,
                    Capacity = Capacity.Chair,
                },
                recorded
            )
            : null;

    private Spokesperson Recorded(ParticipantModel participant, IReadOnlyList<HolderRow> recorded)
    {
        var rows = recorded.Where(row => row.MinisterId == participant.Minister).ToArray();
        var held = RowOf(
            rows,
            _representation.OfficeOf(participant.Of!.Code!, rows.Select(row => row.Office).OfType<HeldOffice>())
        );
        return new()
        {
            Basis = AnswerBasis.Recorded,
            Name = participant.Name ?? rows.FirstOrDefault()?.MinisterName,
            MinisterId = participant.Minister,
            MinisterName = rows.FirstOrDefault()?.MinisterName,
            Title = participant.Title ?? TitleOf(held),
            Post = held?.PostId,
            Capacity = participant.Capacity,
            Certain = true,
        };
    }

    /// <summary>Gets the holder who represents a state, or null.</summary>
    private Spokesperson? Inferred(IEnumerable<HolderRow> holders)
    {
        var rows = holders.ToArray();
        var held = RowOf(
            rows,
            _representation.RepresentativeOf([.. rows.Select(row => row.Office).OfType<HeldOffice>()])
        );
        return held is null
            ? null
            : new()
            {
                Basis = AnswerBasis.Inferred,
                Name = held.MinisterName,
                MinisterId = held.MinisterId,
                MinisterName = held.MinisterName,
                Title = TitleOf(held),
                Post = held.PostId,
                Certain = held.Certainty == 1,
            };
    }

    private static HolderRow? RowOf(HolderRow[] rows, HeldOffice? office) =>
        office is null ? null : rows.First(row => ReferenceEquals(row.Office, office));

    /// <summary>Gets the title at the meeting, or at the start of an appointment that began during it.</summary>
    private string? TitleOf(HolderRow? row)
    {
        if (row is not { Appointment: { } appointment, Post: { } post })
        {
            return null;
        }

        var day = row.FromEarliest is { } began && began > _window.CertainFirst ? began : _window.CertainFirst;
        return JsonSerializer
            .Deserialize<AppointmentModel>(appointment, RegistryJson.Options)!
            .TitleOn(JsonSerializer.Deserialize<PostModel>(post, RegistryJson.Options)!, day);
    }

    private Task<IReadOnlyList<HolderRow>> HoldersAsync(Sql sql, DynamicParameters parameters) =>
        session.RowsAsync<HolderRow>(sql, parameters);

    private DynamicParameters Parameters()
    {
        var parameters = new DynamicParameters(_window);
        parameters.Add("Id", meeting.Id);
        parameters.Add("Never", DateOnly.MaxValue);
        parameters.Add("Forum", meeting.Forum);
        parameters.Add("Body", meeting.Body is null ? null : $"{meeting.Forum}/{meeting.Body}");
        parameters.Add("Kind", _level.Count > 0 ? Words.Of(_level[0]) : null);
        parameters.Add("OtherKind", _level.Count > 0 ? Words.Of(_level[^1]) : null);
        return parameters;
    }

    private record MemberRow
    {
        public string MemberKind { get; init; } = "";
        public string MemberCode { get; init; } = "";
        public string MemberName { get; init; } = "";
        public int Certainty { get; init; }

        public NamedMember ToMember() => new(MemberKind, MemberCode, MemberName);
    }

    private sealed record ChairRow : MemberRow
    {
        public int OfBody { get; init; }
        public DateOnly FromEarliest { get; init; }

        public HeldChair Chair => field ??= new(OfBody == 1, Certainty == 1, FromEarliest);
    }

    private sealed record HolderRow
    {
        public string MinisterId { get; init; } = "";
        public string MinisterName { get; init; } = "";
        public string? PostId { get; init; }
        public string? PostKind { get; init; }
        public string? StateCode { get; init; }
        public int Acting { get; init; }
        public DateOnly? FromEarliest { get; init; }
        public string? Appointment { get; init; }
        public string? Post { get; init; }
        public int Certainty { get; init; }

        /// <summary>The post; null for a minister without one.</summary>
        public HeldOffice? Office =>
            field ??= PostId is null
                ? null
                : new(MinisterId, Words.Read<PostKind>(PostKind!), StateCode)
                {
                    IsActing = Acting == 1,
                    IsCertain = Certainty == 1,
                    Since = FromEarliest,
                };
    }

    private sealed record NameRow
    {
        public string Kind { get; init; } = "";
        public string Code { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
