using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.States;

namespace Registry.Infrastructure.Records;

/// <summary>Every kind of record there is, those first that others refer to.</summary>
internal static class RecordKinds
{
    public static readonly IReadOnlyList<RecordKind> All =
    [
        SourceStore.Kind,
        StateStore.Kind,
        ForumStore.Kind,
        BodyStore.Kind,
        MembershipStore.Kind,
        MinisterStore.Kind,
        PostStore.Kind,
        AppointmentStore.Kind,
        MeetingStore.Kind,
        DocumentStore.Kind,
        OutcomeStore.Kind,
        ChairmanshipStore.Kind,
        ClaimStore.Kind,
    ];
}
