using System.Runtime.CompilerServices;
using Podium.Api;
using Podium.Look;
using Podium.SignIn;

namespace Podium.People;

internal static class PeoplePages
{
    private const int PageSize = 50;
    private const int ExportSize = 100;

    private static readonly IReadOnlyList<ListColumn<PersonRow>> Columns =
    [
        new("person", "Person", row => row.Person.DisplayName),
        new("email", "E-mail", row => row.Person.Email) { IsOptional = true },
        new("status", "Status", row => row.Person.Status == PersonStatus.Enabled ? "enabled" : "disabled"),
        new("roles", "Roles here", row => string.Join(", ", row.Roles.Select(RoleNames.Of))) { IsOptional = true },
        new("since", "Known since", row => row.Person.CreatedAt) { IsOptional = true },
        new("id", "Id", row => row.Person.PublicId.ToString()) { IsExtra = true, IsOptional = true },
    ];

    public static void MapPeoplePages(this WebApplication application) => application.MapGet("/people", ShowAsync);

    private static async Task<IResult> ShowAsync(HttpContext context, PeopleList people)
    {
        var address = PageAddress.Of(context.Request);
        var (isDisabled, areAdministrators) = (address["status"] == "disabled", address["roles"] == "any");
        var filter = new PeopleFilter(
            address["q"],
            Status: isDisabled ? PersonStatus.Disabled : null,
            Roles: areAdministrators ? [.. Enum.GetValues<Role>().Where(role => role != Role.BasicUser)] : null);
        if (ListFile.Of(context, "people", Columns, () => AllAsync(people, filter, context.RequestAborted)) is { } file)
        {
            return file;
        }

        var page = await people.PageAsync(filter, new(PageSize, address[PageAddress.Place]), context.RequestAborted);
        return Page.Of<PeopleListPage, ListView<PersonRow>>(new()
        {
            Address = address,
            Label = "People",
            Columns = Columns,
            Rows = page.Rows,
            Total = page.Next is null && address[PageAddress.Place] is null
                ? Counted.Text(page.Rows.Count, "person", "people")
                : $"{Counted.Text(page.Rows.Count, "person", "people")} of this page",
            Next = page.Next,
            SearchHint = "Name or e-mail",
            Chips =
            [
                new("Disabled", address.With("status", isDisabled ? null : "disabled"), isDisabled),
                new("Has a role here", address.With("roles", areAdministrators ? null : "any"), areAdministrators),
            ],
        });
    }

    private static async IAsyncEnumerable<PersonRow> AllAsync(PeopleList people, PeopleFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? token = null;
        do
        {
            var page = await people.PageAsync(filter, new ApiPage(ExportSize, token), cancellationToken);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            token = page.Next;
        }
        while (token is not null);
    }
}
