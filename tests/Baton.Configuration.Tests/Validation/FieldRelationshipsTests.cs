using Baton.Configuration.Validation;

namespace Baton.Configuration.Tests.Validation;

public class FieldRelationshipsTests
{
    [Theory]
    [InlineData("a,b", "fields marked as mutually exclusive were set: ('a' and 'b')")]
    [InlineData("a,b,c", "fields marked as mutually exclusive were set: ('a', 'b', and 'c')")]
    [InlineData("a", null)]
    public void FindProblems_Exclusive(string present, string? problem)
        => Check(FieldRelationship.Exclusive("a", "b", "c"), present, problem);

    [Theory]
    [InlineData("a", "fields marked as needed together are missing: ('b' and 'c')")]
    [InlineData("a,c", "fields marked as needed together are missing: ('b')")]
    [InlineData("", null)]
    [InlineData("a,b,c", null)]
    public void FindProblems_Together(string present, string? problem)
        => Check(FieldRelationship.Together("a", "b", "c"), present, problem);

    [Theory]
    [InlineData("x", "at least one field was expected, any of: ('a', 'b', and 'c')")]
    [InlineData("b", null)]
    public void FindProblems_AtLeastOne(string present, string? problem)
        => Check(FieldRelationship.AtLeastOne("a", "b", "c"), present, problem);

    [Theory]
    [InlineData("a,b", "set fields ('a' and 'b') are dependent on ('c') being set")]
    [InlineData("a,c", null)]
    [InlineData("", null)]
    public void FindProblems_Dependent(string present, string? problem)
        => Check(FieldRelationship.Dependent(["a", "b"], ["c"]), present, problem);

    private static void Check(FieldRelationship relationship, string present, string? problem)
    {
        var problems = FieldRelationships.FindProblems([relationship], present.Split(',').Contains);

        Assert.Equal(problem, problems.SingleOrDefault());
    }
}
