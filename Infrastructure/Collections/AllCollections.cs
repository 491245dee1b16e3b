using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Registry.Infrastructure.Forums;
using Registry.Infrastructure.Meetings;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.States;

namespace Registry.Infrastructure.Collections;

/// <summary>The collections of the registry. This is the one list of them.</summary>
internal static class AllCollections
{
    /// <summary>
    /// Composes the program of its collections before anything else of it runs, so that the records below know none of them
    /// by name.
    /// </summary>
    [ModuleInitializer]
    [SuppressMessage(
        "Usage",
        "CA2255:The ModuleInitializer attribute should not be used in libraries",
        Justification = "Types that derive their lists from the collections can be used before any service is made."
    )]
    internal static void Compose() =>
        RecordKinds.Compose([
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
        ]);
}
