using Registry.Api.Http;
using Registry.Infrastructure.Ministers;
using Registry.Infrastructure.Records;

namespace Registry.Api.Features.Ministers;

/// <summary>The addresses of ministers, their posts and their appointments.</summary>
internal static class MinisterRoutes
{
    public static void MapMinisters(this IEndpointRouteBuilder v1)
    {
        var ministers = v1.MapGroup("/ministers").WithTags("Ministers");
        ministers.MapList<ListMinisters, MinisterDocument>("");
        ministers.MapCreate<CreateMinister, MinisterDocument>("", MinisterAt);
        ministers.MapRecord<GetMinister, MinisterDocument>("/{id}");
        ministers.MapReplace<ReplaceMinister, MinisterDocument>("/{id}", MinisterAt);
        ministers.MapCorrect<CorrectMinister, MinisterDocument>("/{id}");
        ministers.MapDelete<DeleteMinister>("/{id}");
        ministers.MapRestore<RestoreMinister, MinisterDocument>("/{id}", MinisterAt);
        ministers.MapAct<MergeMinister>("/{id}/merge", typeof(MinisterDocument));
        ministers.MapList<ListMinisterHistory, RecordedVersion>("/{id}/history");
        ministers.MapList<ListMinisterAppointments, AppointmentDocument>("/{id}/appointments");
        ministers.MapCreate<AppointMinister, AppointmentDocument>("/{id}/appointments", AppointmentAt);
        ministers.MapList<ListMinisterTimeline, TimelineEntry>("/{id}/timeline");

        var posts = v1.MapGroup("/posts").WithTags("Posts");
        posts.MapList<ListPosts, PostDocument>("");
        posts.MapCreate<CreatePost, PostDocument>("", PostAt);
        posts.MapRecord<GetPost, PostDocument>("/{id}");
        posts.MapReplace<ReplacePost, PostDocument>("/{id}", PostAt);
        posts.MapCorrect<CorrectPost, PostDocument>("/{id}");
        posts.MapDelete<DeletePost>("/{id}");
        posts.MapRestore<RestorePost, PostDocument>("/{id}", PostAt);
        posts.MapAct<MergePost>("/{id}/merge", typeof(PostDocument));
        posts.MapList<ListPostHistory, RecordedVersion>("/{id}/history");
        posts.MapList<ListPostHolders, HolderOnDay>("/{id}/holders");

        var appointments = v1.MapGroup("/appointments").WithTags("Posts");
        appointments.MapList<ListAppointments, AppointmentDocument>("");
        appointments.MapRecord<GetAppointment, AppointmentDocument>("/{id}");
        appointments.MapReplace<ReplaceAppointment, AppointmentDocument>("/{id}", AppointmentAt);
        appointments.MapCorrect<CorrectAppointment, AppointmentDocument>("/{id}");
        appointments.MapDelete<DeleteAppointment>("/{id}");
        appointments.MapRestore<RestoreAppointment, AppointmentDocument>("/{id}", AppointmentAt);
        appointments.MapList<ListAppointmentHistory, RecordedVersion>("/{id}/history");
        appointments.MapCreate<EndAppointment, AppointmentDocument>("/{id}/ending", AppointmentAt, OperationKind.Step);

        v1.MapGroup("/holders").WithTags("Posts").MapList<ListHolders, HolderOnDay>("");
    }

    private static string MinisterAt(StoredRecord stored) => $"/v1/ministers/{stored.Id}";

    private static string PostAt(StoredRecord stored) => $"/v1/posts/{stored.Id}";

    private static string AppointmentAt(StoredRecord stored) => $"/v1/appointments/{stored.Id}";
}
