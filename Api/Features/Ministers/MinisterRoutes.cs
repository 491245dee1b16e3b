using Registry.Api.Contract.Examples;
using Registry.Api.Features.LinkedData;
using Registry.Api.Features.Records;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Api.Routing;
using Registry.Infrastructure.Ministers;

namespace Registry.Api.Features.Ministers;

/// <summary>Maps the operations on ministers, their posts and their appointments.</summary>
internal static class MinisterRoutes
{
    private static readonly RecordResource Ministers = new(MinisterStore.Kind)
    {
        Tag = "Ministers",
        Description = "Persons who hold or held posts: ministers, heads of state, secretaries general.",
        Examples = MinisterExamples.Ministers,
        Formats = [ResponseFormat.Json, Popolo.Format],
        Redirects = "The record was merged into another one, whose address is in Location.",
    };

    private static readonly RecordResource Posts = new(PostStore.Kind)
    {
        Tag = "Posts",
        Description = "Offices of states and bodies, and who is appointed to them.",
        Examples = MinisterExamples.Posts,
        Formats = [ResponseFormat.Json, Popolo.Format],
        Redirects = "The record was merged into another one, whose address is in Location.",
    };

    private static readonly RecordResource Appointments = new(AppointmentStore.Kind)
    {
        Tag = "Posts",
        Examples = MinisterExamples.Appointments,
        Formats = [ResponseFormat.Json, Popolo.Format],
    };

    public static void MapMinisters(this IEndpointRouteBuilder v1)
    {
        var ministers = v1.MapGroup("").WithTags(Ministers.Tag);
        ministers.MapList<ListMinisters, MinisterModel>("/ministers");
        ministers.MapRecords<MinisterModel>(Ministers);
        ministers.MapAct<MergeMinister>("/ministers/{id}/merge", typeof(MinisterModel));
        ministers.MapList<ListMinisterAppointments, AppointmentModel>("/ministers/{id}/appointments");
        ministers.MapCreate<AppointMinister, AppointmentModel>("/ministers/{id}/appointments", Appointments.AddressOf);
        ministers.MapList<ListMinisterTimeline, TimelineEntry>("/ministers/{id}/timeline");

        var posts = v1.MapGroup("").WithTags(Posts.Tag);
        posts.MapList<ListPosts, PostModel>("/posts");
        posts.MapRecords<PostModel>(Posts);
        posts.MapAct<MergePost>("/posts/{id}/merge", typeof(PostModel));
        posts.MapList<ListPostHolders, HolderOnDay>("/posts/{id}/holders");
        posts.MapList<ListAppointments, AppointmentModel>("/appointments");
        posts.MapRecords<AppointmentModel>(Appointments, creates: false);
        posts.MapCreate<EndAppointment, AppointmentModel>(
            "/appointments/{id}/ending",
            Appointments.AddressOf,
            OperationKind.Step
        );
        posts.MapList<ListHolders, HolderOnDay>("/holders");
    }
}
