using Microsoft.Azure.Functions.Worker.Builder;
using OpenGov.Functions.Commitments;
using OpenGov.Functions.Cycles;
using OpenGov.Functions.Development;
using OpenGov.Functions.Emails;
using OpenGov.Functions.Files;
using OpenGov.Functions.Forum;
using OpenGov.Functions.Imports;
using OpenGov.Functions.Institutions;
using OpenGov.Functions.Liaisons;
using OpenGov.Functions.Meetings;
using OpenGov.Functions.Notices;
using OpenGov.Functions.Participation;
using OpenGov.Functions.Plans;
using OpenGov.Functions.Proposals;
using OpenGov.Functions.Requests;
using OpenGov.Functions.Requests.Letters;
using OpenGov.Functions.Staff;
using OpenGov.Functions.Storage;
using OpenGov.Functions.Subscriptions;
using OpenGov.Functions.Telemetry;
using OpenGov.Functions.Themes;
using OpenGov.Functions.Validations;
using OpenGov.Functions.Web;

try
{
    OpenGov.Functions.Service.Build(args).Run();
}
catch (InvalidSettingException invalid)
{
    Console.Error.WriteLine(invalid.Message);
    Environment.ExitCode = 1;
}

namespace OpenGov.Functions
{
    public static class Service
    {
        public static IHost Build(string[] args)
        {
            var builder = FunctionsApplication.CreateBuilder(args);
            builder.ConfigureFunctionsWebApplication();
            builder.AddTelemetry();
            builder.UseMiddleware<CountTimerRuns>();
            builder.UseMiddleware<HandleErrors>();
            builder.UseMiddleware<SecurityHeaders>();
            builder.UseMiddleware<ReadAfresh>();
            builder.UseMiddleware<ExecuteResult>();
            AddFeatures(builder.Services);
            return builder.Build();
        }

        internal static void AddFeatures(IServiceCollection services) =>
            services
                .AddStorage()
                .AddWeb()
                .AddFiles()
                .AddCycles()
                .AddImports()
                .AddInstitutions()
                .AddEmails()
                .AddNotices()
                .AddRequests()
                .AddLetters()
                .AddCommitments()
                .AddValidations()
                .AddProposals()
                .AddThemes()
                .AddForum()
                .AddLiaisons()
                .AddDevelopment()
                .AddPlans()
                .AddMeetings()
                .AddParticipation()
                .AddSubscriptions()
                .AddStaff();
    }
}
